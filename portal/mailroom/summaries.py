"""One letter a day: what is owed today, and what somebody wanted to be told together.

Written once for each person and day, in the transaction that notes the day as done. A summary that was
missed is not made up for: the next one says all that still waits.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from portal import config, i18n
from portal.accounts.models import User
from portal.accounts.rules import STAFF
from portal.db import db
from portal.jobs import batches
from portal.jobs.services import insert
from portal.mailroom import mornings, triage
from portal.mailroom.labels import PILE, WAITING
from portal.mailroom.models import DailySummary
from portal.mailroom.rules import piles
from portal.mailroom.rules.piles import Desk
from portal.notifications import letters
from portal.notifications import services as notifications
from portal.notifications.models import Notification
from portal.notifications.rules import Channel, Group, channel
from portal.organisation import queries as organisation
from portal.organisation.queries import Presence

NEWS_LISTED = 20
FIRST_LOOK = timedelta(days=1)  # how far back "new" reaches in somebody's first summary


@dataclass
class Morning:
    """What one letter says."""

    desk: Desk = field(default_factory=Desk)
    decisions: Sequence[tuple[str, int]] = ()  # what is asked of a supervisor or moderator, and how often
    news: Sequence[Notification] = ()

    @property
    def is_empty(self) -> bool:
        heaps = sum(heap.count for heap in self.desk.piles.values())
        return not (
            heaps or self.desk.new_count or any(count for _what, count in self.decisions) or self.news
        )


def write_due(at: datetime) -> bool:
    """Write the next batch of those whose morning has come; True when more wait."""
    presence = organisation.away_on(i18n.local(at).date())
    officials = mornings.staff(at, presence.away)
    others = mornings.residents(at)
    positions = {user.id: official_id for user, official_id in officials}
    people = _claim([*(user for user, _position in officials), *others], at)
    if people:
        _write(people, {user.id: positions.get(user.id) for user in people}, presence, at)
    return mornings.BATCH in (len(officials), len(others))


def _claim(people: Sequence[User], at: datetime) -> list[User]:
    """Those whose day nobody else has begun."""
    if not people:
        return []
    day = i18n.local(at).date()
    rows = [{"user_id": user.id, "day": day, "written_at": at} for user in people]
    begun = db.session.scalars(
        insert(DailySummary).values(rows).on_conflict_do_nothing().returning(DailySummary.user_id)
    )
    ours = set(begun)
    return [user for user in people if user.id in ours]


def _write(
    people: Sequence[User], positions: Mapping[int, int | None], presence: Presence, at: datetime
) -> None:
    wanting = [user for user in people if _wants(user)]
    news = _taken_news(people)
    found = _mornings(wanting, positions, presence, at)

    def write_to(user: User) -> None:
        morning = found[user.id]
        morning.news = news.get(user.id, [])[:NEWS_LISTED]
        if not morning.is_empty:
            _tell(user, morning, len(news.get(user.id, [])), at)

    batches.each(wanting, write_to)  # a letter that cannot be written keeps back no other


def _wants(user: User) -> bool:
    return channel(Group.SUMMARY, user.letter_choices, user.roles) is Channel.LETTER


def _mornings(
    people: Sequence[User], positions: Mapping[int, int | None], presence: Presence, at: datetime
) -> dict[int, Morning]:
    """What waits for each of them, read for all at once."""
    standing_in = _standing_in(positions.values(), presence)
    held = {
        position: [position, *standing_in.get(position, ())] for position in positions.values() if position
    }
    everybody = sorted({one for ids in held.values() for one in ids})
    since = mornings.last_summaries([user.id for user in people], i18n.local(at).date())
    duties: dict[int, list[Any]] = defaultdict(list)
    kept_out: dict[int | None, frozenset[int]] = {None: frozenset()}
    for duty in mornings.open_duties(everybody) if everybody else ():
        duties[duty.official_id].append(duty)
        if duty.excluded_agency_id not in kept_out:
            kept_out[duty.excluded_agency_id] = organisation.commanders_of(duty.excluded_agency_id)
    extensions = mornings.by_leader(mornings.extension_wishes(), everybody)
    leaves = mornings.by_leader(mornings.leave_wishes(), everybody)
    found = {}
    for user in people:
        position = positions[user.id] or 0
        ids = held.get(position, [])
        # Whoever stands in for somebody hears nothing of what is about the own unit.
        own = [
            duty
            for duty in chain.from_iterable(duties[one] for one in ids)
            if position not in kept_out[duty.excluded_agency_id]
        ]
        found[user.id] = Morning(
            desk=piles.sort(
                sorted(own, key=_pressing),
                now=at,
                since=since.get(user.id, at - FIRST_LOOK),
                zone=config.current().zone,
            ),
            decisions=[
                ("extensions", sum(extensions.get(one, 0) for one in ids)),
                ("leaves", sum(leaves.get(one, 0) for one in ids)),
                *triage.heaps(user),
            ],
        )
    return found


def _pressing(duty: Any) -> tuple[bool, datetime]:
    return duty.due_at is None, duty.due_at or duty.origin_at


def _standing_in(positions: Iterable[int | None], presence: Presence) -> dict[int, list[int]]:
    """For which absent people each of these stands in today."""
    found: dict[int, list[int]] = {}
    for absent in presence.away:
        substitute = presence.substitute(absent)
        if substitute in positions and substitute is not None:
            found.setdefault(substitute, []).append(absent)
    return found


def _taken_news(people: Sequence[User]) -> dict[int, list[Notification]]:
    """What lay ready for each of them; it does not wait any longer."""
    found: dict[int, list[Notification]] = {}
    for notification in mornings.ready_news([user.id for user in people]):
        notification.awaits_summary = False
        found.setdefault(notification.user_id or 0, []).append(notification)
    return found


def _tell(user: User, morning: Morning, news_count: int, at: datetime) -> None:
    day = i18n.local(at).date()
    is_staff = not user.roles.isdisjoint(STAFF)
    notifications.tell(
        notifications.to_user(user),
        "daily_summary",
        key=f"summary:{user.id}:{day.isoformat()}",
        at=at,
        path="/today" if is_staff else "/notifications",
        day=day,
        piles=[(PILE[pile], heap) for pile, heap in morning.desk.piles.items() if heap.count],
        waiting=[
            (WAITING[what], count)
            for what, count in (("new", morning.desk.new_count), *morning.decisions)
            if count
        ],
        news=[(one.subject, letters.address(one.path, user.language)) for one in morning.news],
        more_news=news_count - len(morning.news),
    )
