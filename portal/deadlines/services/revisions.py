"""A revision puts other versions under matters that are open: what it changes, for which, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select

from portal.db import db
from portal.deadlines import hooks, versions
from portal.deadlines.hooks import Cause, CauseKind, Move, Moved
from portal.deadlines.models import Calendar, CalendarVersion, Clock, PolicyApplication, StageDeadline
from portal.deadlines.rules.ledger import Entry, EntryKind
from portal.deadlines.rules.stages import Stage
from portal.deadlines.services.copies import VERSIONS
from portal.deadlines.services.storing import append, lock
from portal.jobs import batches
from portal.organisation.models import Agency

DRAFT = 0  # stands for the version that is not there yet
CALENDARS = ("city_calendar_version_id", "agency_calendar_version_id")
POLICY = ("policy_version_id",)


@dataclass(frozen=True)
class Revision:
    """`version_id` takes the place of each version in `replaced` that stands in one of `columns`.

    With `agency_id` it concerns only matters whose first answer that agency owes and that were not due
    by `due_after`; `details` stand beside the versions in the ledger.
    """

    cause: Cause
    version_id: int
    columns: tuple[str, ...]
    replaced: frozenset[int]
    agency_id: int | None = None
    due_after: datetime | None = None
    details: Mapping[str, int] = field(default_factory=dict)

    def concerns(self) -> ColumnElement[bool]:
        """Clocks that count on what is replaced and have something left to count."""
        uses = or_(*(getattr(Clock, column).in_(self.replaced) for column in self.columns))
        return uses & ~Clock.is_imported & self._is_undecided()

    def _is_undecided(self) -> ColumnElement[bool]:
        """A stage is open, or its due time was never known."""
        of_clock = StageDeadline.clock_id == Clock.id
        if self.agency_id is not None:
            owes = (StageDeadline.stage == Stage.RESPOND) & (StageDeadline.agency_id == self.agency_id)
            in_time = or_(StageDeadline.due_at.is_(None), StageDeadline.due_at > self.due_after)
            return exists().where(of_clock, owes, StageDeadline.is_open, in_time)
        return exists().where(of_clock, or_(StageDeadline.is_open, StageDeadline.due_at.is_(None)))

    def changes(self, clock: Any) -> dict[str, int]:
        """What the line in the ledger of a clock (or of its row) says; empty when it is followed already."""
        found = {
            VERSIONS[column]: self.version_id
            for column in self.columns
            if getattr(clock, column) in self.replaced
        }
        return {**found, **self.details} if found else {}


def of_calendar(version: CalendarVersion) -> Revision:
    """A decree arrived: whoever counts on an earlier version of the calendar follows."""
    cause = Cause(CauseKind.CALENDAR, version.number, version.decree, version.decree_on)
    return Revision(cause, version.id, CALENDARS, _ids(version.calendar_id, before=version.number))


def draft_of_calendar(calendar: Calendar) -> Revision:
    """What a next version of the calendar would change."""
    number = calendar.versions[-1].number + 1
    return Revision(Cause(CauseKind.CALENDAR, number), DRAFT, CALENDARS, _ids(calendar.id, before=number))


def of_policy(application: PolicyApplication) -> Revision:
    """Matters that began under an earlier policy follow this one from now on."""
    version = application.version
    return Revision(
        Cause(CauseKind.POLICY, version.number, application.reason),
        version.id,
        POLICY,
        earlier_policies(version.id),
        details={"application": application.id},
    )


def draft_of_policy(version_id: int = DRAFT, number: int = 0) -> Revision:
    """What applying a policy to open matters would change; by default one that is not there yet."""
    return Revision(Cause(CauseKind.POLICY, number), version_id, POLICY, earlier_policies(version_id))


def earlier_policies(version_id: int) -> frozenset[int]:
    """Versions older than this one; all of them when it is not there yet."""
    known = versions.load().policies
    return frozenset(one for one in known if version_id == DRAFT or one < version_id)


def of_agency(agency_id: int, calendar_key: str, *, at: datetime) -> Revision:
    """The agency works by another calendar: first answers that it owes are counted on that one. What was
    due before stays as late as it is."""
    known = versions.load()
    version_id = known.calendar_id(calendar_key)
    return Revision(
        Cause(CauseKind.AGENCY, 0),
        version_id,
        ("agency_calendar_version_id",),
        frozenset(known.calendars) - {version_id},
        agency_id=agency_id,
        due_after=at,
    )


def find(payload: Mapping[str, Any], *, at: datetime) -> Revision:
    """The revision that a job's payload names."""
    if "application_id" in payload:
        return of_policy(db.session.get_one(PolicyApplication, payload["application_id"]))
    if "agency_id" in payload:
        agency = db.session.get_one(Agency, payload["agency_id"])
        return of_agency(agency.id, agency.calendar_key, at=at)
    return of_calendar(db.session.get_one(CalendarVersion, payload["calendar_version_id"]))


def recalculate_batch(revision: Revision, *, at: datetime, limit: int = 200) -> tuple[int, list[Moved]]:
    """Count the next open matters anew. Returns how many there were (0: no more can be done) and which due
    times moved. Each matter is done once, also when the work is cut short and begun again; one that fails is
    logged, keeps back no other, and is found by the daily check."""
    statement = select(Clock).where(revision.concerns()).order_by(Clock.id).limit(limit)
    clocks = db.session.scalars(statement).all()
    found: list[Moved] = []
    done = batches.each(clocks, lambda clock: found.append(recalculate(clock, revision, at=at)))
    return len(clocks) if done else 0, [moved for moved in found if moved.moves]


def recalculate(clock: Clock, revision: Revision, *, at: datetime) -> Moved:
    """Count one open matter anew and let others act on what moved, once for all its stages."""
    lock(clock, at)
    changed = revision.changes(clock)
    if not changed:  # another worker was faster
        return Moved(clock.id, (), revision.cause)
    return count_anew(clock, changed, revision.cause, at=at)


def count_anew(clock: Clock, facts: dict[str, Any], cause: Cause, *, at: datetime) -> Moved:
    """Write the line that changes how a clock is counted, and let others act on what that moved."""
    before = {(row.stage, row.round): row.due_at for row in clock.stages}
    append(clock, Entry(EntryKind.RECALCULATE, at, None, facts), at=at)
    moved = Moved(clock.id, tuple(_moves(before, clock.stages)), cause)
    if moved.moves:
        for listener in hooks.move_listeners:
            listener(moved, at)
    return moved


def _moves(
    before: Mapping[tuple[Stage, int], datetime | None], rows: Sequence[StageDeadline]
) -> Iterable[Move]:
    for row in rows:
        was = before.get((row.stage, row.round))
        if row.due_at != was:
            yield Move(row.stage, was, row.due_at)


def _ids(calendar_id: int, *, before: int) -> frozenset[int]:
    """The versions of a calendar before a number."""
    statement = select(CalendarVersion.id).where(
        CalendarVersion.calendar_id == calendar_id, CalendarVersion.number < before
    )
    return frozenset(db.session.scalars(statement))
