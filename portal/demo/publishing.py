"""The monthly editions of the demo city: prepared by one moderator, confirmed by another."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from portal.accounts.models import User
from portal.db import db
from portal.demo.world import World
from portal.errors import DomainError
from portal.ledger import services as ledger
from portal.statistics.editions import services as editions

MONTHS = 14
PREPARED_AFTER = timedelta(days=5)  # of the next month: late enough to see most first answers


def happen(world: World) -> None:
    """Publish each of the last months that had enough reports; small test cities skip some."""
    first, second = (db.session.get_one(User, user_id) for user_id in world.moderators[:2])
    for month in months(world.at.astimezone(world.zone).date(), MONTHS):
        last_on = month.replace(day=monthrange(month.year, month.month)[1])
        prepared_at = datetime.combine(last_on + PREPARED_AFTER, time(10), world.zone)
        if prepared_at + timedelta(days=1) > world.at:
            prepared_at = world.at - timedelta(hours=20)
        ledger.seal_everything(until=prepared_at, at=prepared_at)
        try:
            draft = editions.prepare(month, last_on, by=first, at=prepared_at)
        except DomainError:
            continue
        editions.confirm(draft, by=second, at=prepared_at + timedelta(hours=23, minutes=30))


def months(today: date, count: int) -> Iterator[date]:
    """The first days of the last full months, oldest first."""
    for back in range(count, 0, -1):
        year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
        yield date(year, month + 1, 1)
