"""Every matter that residents brought, as a case."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, Select, case, func, or_, select, true

from portal.assignments.models import Assignment
from portal.db import db
from portal.deadlines.models import Clock, ClockEntry, StageDeadline
from portal.deadlines.rules.ledger import EntryKind
from portal.deadlines.rules.stages import Stage
from portal.reports.models import Report
from portal.reports.rules import Ending
from portal.statistics.queries import origins
from portal.statistics.rules.case import Case
from portal.statistics.rules.scope import Scope

COMPETING = frozenset({Ending.WITHDRAWN, Ending.MERGED})


class Turn(NamedTuple):
    """What a clock went through."""

    pauses: Sequence[tuple[datetime, datetime | None]]
    reopenings: Sequence[datetime]
    extension_count: int


Turns = dict[int, Turn]
NO_TURNS = Turn((), (), 0)


def cases(scope: Scope, agency_id: int | None = None, origin: str | None = None) -> list[Case]:
    """Every matter that residents brought and that was received in the period, or open or changed in it.

    A report is one from its receipt on, whatever else from when it asks for an official answer. With an
    agency: those that it holds, or answered or closed. With an origin: those that came from there.
    """
    turns = _turns(scope, agency_id)
    found: list[Case] = []
    if origin in (None, origins.REPORT):
        found += [_report_case(row, turns) for row in db.session.execute(_report_rows(scope, agency_id))]
    if origin != origins.REPORT:
        found += [_duty_case(row, turns) for row in db.session.execute(_duty_rows(scope, agency_id, origin))]
    return found


def _report_case(row: Any, turns: Turns) -> Case:
    return _case(
        row,
        turns.get(row.clock_id, NO_TURNS),
        origin=origins.REPORT,
        # A closure answers, too: not every source says when it answered before.
        first_response_at=row.first_response_at or row.first_closed_at,
        reopened_at=row.reopened_at,
        reopen_count=row.reopen_count,
        withdrawn_at=row.ended_at if row.ending in COMPETING else None,
        is_imported=row.source_id is not None,
        response_exclusion=row.response_exclusion,
        resolution_exclusion=row.resolution_exclusion,
    )


def _duty_case(row: Any, turns: Turns) -> Case:
    found = turns.get(row.clock_id, NO_TURNS)
    return _case(
        row,
        found,
        origin=row.origin,
        first_response_at=row.first_response_at,
        reopened_at=found.reopenings[-1] if found.reopenings else None,
        reopen_count=len(found.reopenings),
        withdrawn_at=row.withdrawn_at,
        is_imported=False,
        response_exclusion=None,
        resolution_exclusion=None,
    )


def _case(row: Any, turns: Turn, **values: Any) -> Case:
    return Case(
        agency_id=row.agency_id,
        response_agency_id=row.response_agency_id or row.agency_id,
        closure_agency_id=row.closure_agency_id or row.agency_id,
        received_at=row.received_at,
        disposed_at=row.disposed_at,
        first_closed_at=row.first_closed_at,
        closed_at=row.closed_at,
        ended_at=row.ended_at,
        unmet_due_at=row.unmet_due_at,
        hop_count=row.hop_count or 0,
        extension_count=turns.extension_count,
        pauses=turns.pauses,
        **values,
    )


def _report_rows(scope: Scope, agency_id: int | None) -> Select[*tuple[Any, ...]]:
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
            *_of_stages(scope, [Assignment.clock_id, Report.verify_clock_id]),
        )
        .join(Assignment, Report.assignment_id == Assignment.id, isouter=True)
        .where(
            *_touching(Report.received_at, Report.ended_at, scope),
            _of_agency(Report.agency_id, agency_id),
        )
    )


def _duty_rows(scope: Scope, agency_id: int | None, origin: str | None) -> Select[*tuple[Any, ...]]:
    """Duties tell it themselves: when they were first answered, when the present closure was made."""
    return (
        select(
            Assignment.origin,
            Assignment.agency_id,
            Assignment.received_at,
            Assignment.responded_at.label("first_response_at"),
            Assignment.resolved_at.label("first_closed_at"),
            case((Assignment.resolved_at.is_not(None), Clock.closed_at)).label("closed_at"),
            Assignment.withdrawn_at,
            Assignment.ended_at,
            Assignment.clock_id,
            Assignment.disposed_at,
            Assignment.hop_count,
            *_of_stages(scope, [Assignment.clock_id]),
        )
        .join(Assignment.clock)
        .where(
            origins.brought_elsewhere(),
            true() if origin is None else Assignment.origin == origin,
            *_touching(Assignment.received_at, Assignment.ended_at, scope),
            _of_agency(Assignment.agency_id, agency_id),
        )
    )


def _of_stages(scope: Scope, clock_ids: list[Any]) -> tuple[ColumnElement[Any], ...]:
    return (
        _holder(Stage.RESPOND).label("response_agency_id"),
        _holder(Stage.RESOLVE).label("closure_agency_id"),
        _unmet_due_at(scope.until, clock_ids).label("unmet_due_at"),
    )


def _touching(received_at: Any, ended_at: Any, scope: Scope) -> tuple[ColumnElement[bool], ...]:
    """Received by then, and not over before the period began."""
    return (
        received_at < scope.end,
        received_at <= scope.cutoff,
        or_(received_at >= scope.start, ended_at.is_(None), ended_at >= scope.start),
    )


def _of_agency(holder_id: Any, agency_id: int | None) -> ColumnElement[bool]:
    if agency_id is None:
        return true()
    met = select(StageDeadline.clock_id).where(
        StageDeadline.agency_id == agency_id, StageDeadline.met_at.is_not(None)
    )
    return or_(holder_id == agency_id, Assignment.clock_id.in_(met))


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


def _unmet_due_at(at: datetime, clock_ids: list[Any]) -> ScalarSelect[Any]:
    """The earliest due time of the matter that was neither met nor given up by then."""
    return (
        select(func.min(StageDeadline.due_at))
        .where(
            StageDeadline.clock_id.in_(clock_ids),
            or_(StageDeadline.met_at.is_(None), StageDeadline.met_at > at),
            or_(StageDeadline.ended_at.is_(None), StageDeadline.ended_at > at),
        )
        .correlate(Assignment, Report)
        .scalar_subquery()
    )


def _turns(scope: Scope, agency_id: int | None) -> Turns:
    """Pauses, reopenings and the number of extensions of each clock."""
    entries = (
        select(ClockEntry.clock_id, ClockEntry.kind, ClockEntry.at)
        .join(Assignment, Assignment.clock_id == ClockEntry.clock_id)
        .where(
            ClockEntry.kind.in_([EntryKind.PAUSE, EntryKind.RESUME, EntryKind.EXTEND, EntryKind.REOPEN]),
            ClockEntry.at <= scope.cutoff,
            *_touching(Assignment.received_at, Assignment.ended_at, scope),
            _of_agency(Assignment.agency_id, agency_id),
        )
        .order_by(ClockEntry.clock_id, ClockEntry.seq)
    )
    by_clock: dict[int, list[tuple[EntryKind, datetime]]] = defaultdict(list)
    for clock_id, kind, at in db.session.execute(entries):
        by_clock[clock_id].append((kind, at))
    return {clock_id: _turn(rows) for clock_id, rows in by_clock.items()}


def _turn(entries: Sequence[tuple[EntryKind, datetime]]) -> Turn:
    return Turn(
        _pauses(entries),
        [at for kind, at in entries if kind is EntryKind.REOPEN],
        sum(kind is EntryKind.EXTEND for kind, _at in entries),
    )


def _pauses(entries: Iterable[tuple[EntryKind, datetime]]) -> list[tuple[datetime, datetime | None]]:
    pauses: list[tuple[datetime, datetime | None]] = []
    for kind, at in entries:
        if kind is EntryKind.PAUSE:
            pauses.append((at, None))
        elif kind is EntryKind.RESUME and pauses:
            pauses[-1] = (pauses[-1][0], at)
    return pauses
