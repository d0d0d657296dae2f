"""Fill an empty portal with the demo city and about 18 months of what happened in it."""

import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import delete, func, insert, null, update
from tqdm import tqdm

from portal import clock, config
from portal.accounts.models import User
from portal.accounts.rules import DEMO_PASSWORD
from portal.assignments.models import Assignment
from portal.assignments.rules import AssignmentState
from portal.db import db, transaction
from portal.deadlines import jobs as deadlines
from portal.deadlines.queries import due_steps
from portal.demo import (
    absences,
    asking,
    city,
    civility,
    decrees,
    doors,
    filing,
    identities,
    joint_work,
    letterbox,
    live,
    machines,
    opinions,
    pictures,
    publishing,
    ready_words,
    story,
    talk,
    tidying,
    unsent,
    voices,
)
from portal.demo import chance as chances
from portal.demo.case import Case
from portal.demo.city import ACCOUNTS
from portal.demo.lines import Line
from portal.demo.planning import story as planning
from portal.demo.world import World
from portal.errors import SettingsError
from portal.jobs.models import Job
from portal.jobs.rules import JobState
from portal.ledger.models import Event
from portal.notifications.models import Notification
from portal.organisation.models import Official
from portal.reports.models import NumberSeries

PASSWORD = DEMO_PASSWORD
REPORTS = 6_000
SEED = 1271  # Medan's code: the same seed and moment give the same city
BATCH = 250  # reports a flush
UNREAD_FOR = timedelta(days=3)

__all__ = ["ACCOUNTS", "PASSWORD", "is_needed", "seed"]


def is_needed() -> bool:
    """Is the portal still empty?"""
    return not db.session.scalar(db.select(func.count(User.id)))


def seed(*, at: datetime | None = None, reports: int = REPORTS, quiet: bool = False) -> None:
    """Build the city and let its reports happen, all in one transaction: an interruption leaves nothing.

    Raises SettingsError in production: everybody knows the demo's password.
    """
    if config.current().production:
        raise SettingsError("Set PORTAL_DEMO to 0: production does not run with demo accounts.")
    at = at or clock.now()
    with transaction():
        city.build(at=at - chances.PERIOD)
        world = World(at)
        lines = _tell(world, reports, quiet=quiet)
        _keep_record(lines)
        _keep_counts(world)
        for tell in (talk.happen, planning.happen, opinions.happen, civility.happen):
            tell(world)
        while due_steps(at, limit=1):
            deadlines.escalate(at)
        _let_the_past_rest(at)
        asking.happen(at)
        live.happen(at)
        voices.happen(at)
        decrees.happen(at)
        tidying.happen(at)
        absences.happen(at)
        ready_words.happen(at)
        joint_work.happen(at)
        identities.happen(at)
        letterbox.happen(at)
        machines.happen(at)
        unsent.happen(at)
        doors.happen(at)
        publishing.happen(world)


def _tell(world: World, count: int, *, quiet: bool) -> list[Line]:
    """Let every report happen, in the order of receipt; returns their lines for the public record."""
    lines: list[Line] = []
    chance = Random(SEED)
    photos = pictures.draw(world.at)
    with (
        _without_collector(),
        tqdm(total=count, desc="Kota contoh", unit=" laporan", disable=quiet) as bar,
    ):
        for batch in _batches(world, chance, count):
            for case in batch:
                case.store()
            db.session.flush()
            for case in batch:
                case.attach()
                pictures.add(chance, case, photos)
            db.session.flush()
            lines += [line.settled() for case in batch for line in case.lines]
            db.session.expunge_all()
            bar.update(len(batch))
    return lines


@contextmanager
def _without_collector() -> Iterator[None]:
    """Nothing here becomes garbage in circles, and looking for it took a fifth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _batches(world: World, chance: Random, count: int) -> Iterator[list[Case]]:
    batch: list[Case] = []
    for at in chances.arrivals(chance, count, until=world.at, zone=world.zone):
        case, situation, place = filing.file(world, chance, at)
        story.tell(case, situation, place, chance)
        batch.append(case)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _keep_record(lines: list[Line]) -> None:
    """The public record in the order of time."""
    rows = [line.row() for line in sorted(lines, key=lambda line: line.at)]
    if rows:
        db.session.execute(insert(Event), rows)


def _keep_counts(world: World) -> None:
    """What services keep by each write: the open duties of officials, and the last numbers."""
    open_counts = Counter(
        db.session.scalars(
            db.select(Assignment.official_id).where(
                Assignment.state == AssignmentState.OPEN, Assignment.official_id.is_not(None)
            )
        )
    )
    for official_id, count in open_counts.items():
        db.session.execute(update(Official).where(Official.id == official_id).values(open_count=count))
    db.session.add_all(NumberSeries(year=year, last=last) for year, last in world.serials.items())


def _let_the_past_rest(at: datetime) -> None:
    """Letters of the past were sent and read long ago, and nothing that was to be done then waits today."""
    old = Notification.created_at < at - UNREAD_FOR
    db.session.execute(delete(Job).where(Job.state == JobState.WAITING))
    db.session.execute(update(Notification).values(sent_at=Notification.created_at, texts=null()))
    db.session.execute(update(Notification).where(old).values(read_at=Notification.created_at))
    unread = (
        db.select(func.count(Notification.id))
        .where(Notification.user_id == User.id, Notification.read_at.is_(None))
        .scalar_subquery()
    )
    db.session.execute(update(User).values(unread_count=unread).execution_options(synchronize_session=False))
