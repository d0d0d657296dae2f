"""The matters, stages and ratings that the figures are made of, each in one statement."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select, true

from portal.assignments.models import Assignment
from portal.db import db
from portal.deadlines.models import ClockEntry, StageDeadline
from portal.deadlines.rules.ledger import EntryKind
from portal.deadlines.rules.stages import Stage
from portal.organisation.models import Agency
from portal.reports.models import Report
from portal.reports.rules import Ending
from portal.statistics.models import StatisticsSnapshot
from portal.statistics.rules.case import Case
from portal.statistics.rules.punctuality import DueStage
from portal.statistics.rules.scope import Scope
from portal.surveys.models import Rating

COMPETING = frozenset({Ending.WITHDRAWN, Ending.MERGED})

Turns = dict[int, tuple[list[tuple[datetime, datetime | None]], int]]


class AgencyRow(NamedTuple):
    """An agency as a table names it."""

    id: int
    code: str
    name: str
    calendar_key: str


class StageRow(NamedTuple):
    """A stage that fell due, with its due time as extended and as it was at first."""

    clock_id: int
    stage: Stage
    agency_id: int | None
    due_at: datetime | None
    original_due_at: datetime | None
    met_at: datetime | None
    ended_at: datetime | None

    @property
    def extended(self) -> DueStage | None:
        """Against the due time that counts."""
        return DueStage(self.due_at, self.met_at, self.ended_at) if self.due_at else None

    @property
    def original(self) -> DueStage | None:
        """Against the due time before extensions."""
        return DueStage(self.original_due_at, self.met_at, self.ended_at) if self.original_due_at else None


class RatingRow(NamedTuple):
    """One verdict of a resident on a closure."""

    agency_id: int
    is_solved: bool
    stars: int | None


def agencies() -> list[AgencyRow]:
    """Every agency by name."""
    columns = select(Agency.id, Agency.code, Agency.name, Agency.calendar_key)
    return [AgencyRow(*row) for row in db.session.execute(columns.order_by(Agency.name))]


def received_by_agency(scope: Scope) -> dict[int | None, int]:
    """Matters received in the period by the agency that holds them now."""
    counts = (
        select(Report.agency_id, func.count().label("n"))
        .where(*_received_in(scope))
        .group_by(Report.agency_id)
    )
    return {row.agency_id: row.n for row in db.session.execute(counts)}


def received_span() -> tuple[datetime, datetime] | None:
    """When the first and the last report came in; None before the first."""
    first, last = db.session.execute(select(func.min(Report.received_at), func.max(Report.received_at))).one()
    return (first, last) if first else None


def cases(scope: Scope, agency_id: int | None = None) -> list[Case]:
    """Every matter that was received in the period, or open or changed in it.

    With an agency: those that it holds, or answered or closed.
    """
    turns = _turns(scope, agency_id)
    return [_case(row, turns) for row in db.session.execute(_case_rows(scope, agency_id))]


def _case(row: Any, turns: Turns) -> Case:
    pauses, extension_count = turns.get(row.clock_id, ((), 0))
    return Case(
        agency_id=row.agency_id,
        response_agency_id=row.response_agency_id or row.agency_id,
        closure_agency_id=row.closure_agency_id or row.agency_id,
        received_at=row.received_at,
        disposed_at=row.disposed_at,
        # A closure answers, too: not every source says when it answered before.
        first_response_at=row.first_response_at or row.first_closed_at,
        first_closed_at=row.first_closed_at,
        closed_at=row.closed_at,
        reopened_at=row.reopened_at,
        reopen_count=row.reopen_count,
        withdrawn_at=row.ended_at if row.ending in COMPETING else None,
        ended_at=row.ended_at,
        unmet_due_at=row.unmet_due_at,
        hop_count=row.hop_count or 0,
        extension_count=extension_count,
        pauses=pauses,
        is_imported=row.source_id is not None,
        response_exclusion=row.response_exclusion,
        resolution_exclusion=row.resolution_exclusion,
    )


def _case_rows(scope: Scope, agency_id: int | None) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Report.agency_id,
            Report.received_at,
            Report.first_response_at,
            Report.first_closed_at,
            Report.closed_at,
            Report.reopened_at,
            Report.reopen_count,
            Report.ending,
            Report.ended_at,
            Report.source_id,
            Report.response_exclusion,
            Report.resolution_exclusion,
            Assignment.clock_id,
            Assignment.disposed_at,
            Assignment.hop_count,
            _holder(Stage.RESPOND).label("response_agency_id"),
            _holder(Stage.RESOLVE).label("closure_agency_id"),
            _unmet_due_at(scope.until).label("unmet_due_at"),
        )
        .join(Assignment, Report.assignment_id == Assignment.id, isouter=True)
        .where(*_touching(scope), _of_agency(agency_id))
    )


def _touching(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    """Received by then, and not over before the period began."""
    return (
        Report.received_at < scope.end,
        Report.received_at <= scope.cutoff,
        or_(Report.received_at >= scope.start, Report.ended_at.is_(None), Report.ended_at >= scope.start),
    )


def _received_in(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    return (
        Report.received_at >= scope.start,
        Report.received_at < scope.end,
        Report.received_at <= scope.cutoff,
    )


def _of_agency(agency_id: int | None) -> ColumnElement[bool]:
    if agency_id is None:
        return true()
    met = select(StageDeadline.clock_id).where(
        StageDeadline.agency_id == agency_id, StageDeadline.met_at.is_not(None)
    )
    return or_(Report.agency_id == agency_id, Assignment.clock_id.in_(met))


def _holder(stage: Stage) -> ScalarSelect[Any]:
    """The agency that met the stage first."""
    return (
        select(StageDeadline.agency_id)
        .where(
            StageDeadline.clock_id == Assignment.clock_id,
            StageDeadline.stage == stage,
            StageDeadline.met_at.is_not(None),
        )
        .order_by(StageDeadline.round)
        .limit(1)
        .correlate(Assignment)
        .scalar_subquery()
    )


def _unmet_due_at(at: datetime) -> ScalarSelect[Any]:
    """The earliest due time of the matter that was neither met nor given up by then."""
    return (
        select(func.min(StageDeadline.due_at))
        .where(
            StageDeadline.clock_id.in_([Assignment.clock_id, Report.verify_clock_id]),
            or_(StageDeadline.met_at.is_(None), StageDeadline.met_at > at),
            or_(StageDeadline.ended_at.is_(None), StageDeadline.ended_at > at),
        )
        .correlate(Assignment, Report)
        .scalar_subquery()
    )


def _turns(scope: Scope, agency_id: int | None) -> Turns:
    """Pauses and the number of extensions of each clock."""
    entries = (
        select(ClockEntry.clock_id, ClockEntry.kind, ClockEntry.at)
        .join(Assignment, Assignment.clock_id == ClockEntry.clock_id)
        .join(Report, Report.assignment_id == Assignment.id)
        .where(
            ClockEntry.kind.in_([EntryKind.PAUSE, EntryKind.RESUME, EntryKind.EXTEND]),
            ClockEntry.at <= scope.cutoff,
            *_touching(scope),
            _of_agency(agency_id),
        )
        .order_by(ClockEntry.clock_id, ClockEntry.seq)
    )
    by_clock: dict[int, list[tuple[EntryKind, datetime]]] = defaultdict(list)
    for clock_id, kind, at in db.session.execute(entries):
        by_clock[clock_id].append((kind, at))
    return {clock_id: (_pauses(rows), _extensions(rows)) for clock_id, rows in by_clock.items()}


def _pauses(entries: Iterable[tuple[EntryKind, datetime]]) -> list[tuple[datetime, datetime | None]]:
    pauses: list[tuple[datetime, datetime | None]] = []
    for kind, at in entries:
        if kind is EntryKind.PAUSE:
            pauses.append((at, None))
        elif kind is EntryKind.RESUME and pauses:
            pauses[-1] = (pauses[-1][0], at)
    return pauses


def _extensions(entries: Iterable[tuple[EntryKind, datetime]]) -> int:
    return sum(kind is EntryKind.EXTEND for kind, _at in entries)


def due_stages(scope: Scope, agency_id: int | None = None) -> list[StageRow]:
    """Stages due in the period, by the extended or by the original due time.

    A stage that began anew after it was late has two rows; the city counts the matter once, and so
    by the first of them, the late one. It belongs to the agency that held it when it was met or fell due.
    """
    columns = select(
        StageDeadline.clock_id,
        StageDeadline.stage,
        StageDeadline.accountable_agency_id,
        StageDeadline.due_at,
        StageDeadline.original_due_at,
        StageDeadline.met_at,
        StageDeadline.ended_at,
    ).where(
        or_(_falls_in(StageDeadline.due_at, scope), _falls_in(StageDeadline.original_due_at, scope)),
        true() if agency_id is None else StageDeadline.accountable_agency_id == agency_id,
    )
    rows = db.session.execute(columns.order_by(StageDeadline.clock_id, StageDeadline.round))
    return [StageRow(*row) for row in rows]


def _falls_in(moment: Any, scope: Scope) -> ColumnElement[bool]:
    return and_(moment >= scope.start, moment < scope.end, moment <= scope.cutoff)


def ratings(scope: Scope, agency_id: int | None = None) -> list[RatingRow]:
    """Verdicts on matters received in the period, given by the cut-off; one for each closure."""
    columns = (
        select(Assignment.agency_id, Rating.is_solved, Rating.stars)
        .join(Assignment, Rating.assignment_id == Assignment.id)
        .join(Report, Report.assignment_id == Assignment.id)
        .where(
            *_received_in(scope),
            Rating.at <= scope.cutoff,
            true() if agency_id is None else Assignment.agency_id == agency_id,
        )
    )
    return [RatingRow(*row) for row in db.session.execute(columns)]


def snapshot(name: str) -> StatisticsSnapshot | None:
    """What was computed beforehand; None before the first time."""
    return db.session.get(StatisticsSnapshot, name)
