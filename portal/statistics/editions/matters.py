"""What was known at an edition's cut-off: matters, their stages and ratings, read from clocks and answers.

Stored columns say how a matter stands now. An edition may be made for a cut-off that lies back (as the
demo's are), so whatever can have changed since is derived from lines with a time: those of the clock's
ledger, transfers and ratings.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select

from portal.assignments.models import Assignment, Response
from portal.assignments.rules import ResponseKind
from portal.categories.models import Category
from portal.db import db
from portal.deadlines.models import ClockEntry
from portal.deadlines.rules.ledger import EntryKind
from portal.deadlines.rules.stages import Stage
from portal.reports.models import Report
from portal.reports.rules import Ending
from portal.statistics.queries import COMPETING, origins
from portal.statistics.rules.backlog import Standing
from portal.statistics.rules.closures import Closure
from portal.statistics.rules.scope import Scope
from portal.surveys.models import Rating


class Line(NamedTuple):
    """One line of a clock's ledger, as far as figures ask; `agency_id` where the line names a holder."""

    kind: EntryKind
    at: datetime
    stage: Stage | None
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Matter:
    """One matter as it was known at the cut-off; `lines` are those of its duty's clock.

    `withdrawn_at` is when it was withdrawn or merged: then nothing more can happen.
    """

    group: str | None
    is_confidential: bool
    is_imported: bool
    received_at: datetime
    disposed_at: datetime | None
    answered_at: datetime | None
    stored_closures: Sequence[Closure]
    ending: str | None
    ended_at: datetime | None
    withdrawn_at: datetime | None
    agency_now: int | None  # for want of a ledger that names the holder: other systems keep none
    clock_ids: tuple[int | None, int | None]
    hop_count: int
    response_exclusion: str | None
    resolution_exclusion: str | None
    lines: Sequence[Line]

    @cached_property
    def closures(self) -> Sequence[Closure]:
        """Closures in order, with the moment each was reopened."""
        found: list[Closure] = []
        for line in self.lines:
            if line.kind is EntryKind.MEET and line.stage is Stage.RESOLVE:
                if not found or found[-1].reopened_at is not None:
                    found.append(Closure(line.at))
            elif line.kind is EntryKind.REOPEN and found:
                found[-1] = Closure(found[-1].closed_at, line.at)
        return found or self.stored_closures

    @cached_property
    def pauses(self) -> list[tuple[datetime, datetime | None]]:
        """When a question to the resident held the clock."""
        found: list[tuple[datetime, datetime | None]] = []
        for line in self.lines:
            if line.kind is EntryKind.PAUSE:
                found.append((line.at, None))
            elif line.kind is EntryKind.RESUME and found and found[-1][1] is None:
                found[-1] = (found[-1][0], line.at)
        return found

    @property
    def is_extended(self) -> bool:
        return any(line.kind is EntryKind.EXTEND for line in self.lines)

    def holder_at(self, at: datetime | None) -> int | None:
        """The agency that held it just before a moment, or at the cut-off."""
        held = [
            line.data["agency_id"]
            for place, line in enumerate(self.lines)
            if line.data.get("agency_id") and (at is None or line.at < at or place == 0)
        ]
        if held:
            return int(held[-1])
        return self.agency_now if self.is_imported or self.disposed_at else None

    def standing(self, due_at: datetime | None) -> Standing:
        """What decides whether it is open; `due_at` is its earliest due time that was not met."""
        return Standing(self.received_at, self.closures, self.ended_at, due_at)


class Verdict(NamedTuple):
    """What a resident said of a closure."""

    is_solved: bool
    stars: int | None


def touching(scope: Scope) -> list[Matter]:
    """Every matter that was received in the period, or was open or closed in it."""
    lines, hops = _lines(scope), _hops(scope)
    reports = (_report(row, scope, lines, hops) for row in db.session.execute(_report_rows(scope)))
    duties = (_duty(row, scope, lines, hops) for row in db.session.execute(_duty_rows(scope)))
    return [*reports, *duties]


def _report_rows(scope: Scope) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Category.group,
            Report.is_confidential,
            Report.source_id,
            Report.received_at,
            Report.first_response_at,
            Report.first_closed_at,
            Report.closed_at,
            Report.reopened_at,
            Report.ending,
            Report.ended_at,
            Report.agency_id,
            Report.verify_clock_id,
            Report.response_exclusion,
            Report.resolution_exclusion,
            Report.assignment_id,
            Assignment.clock_id,
            Assignment.disposed_at,
        )
        .join(Category, Category.code == Report.category_code)
        .join(Assignment, Report.assignment_id == Assignment.id, isouter=True)
        .where(*_touching(Report.received_at, Report.ended_at, scope))
    )


def _duty_rows(scope: Scope) -> Select[*tuple[Any, ...]]:
    """What residents brought elsewhere than in a report, and asked an official answer for."""
    return (
        select(
            Category.group,
            Assignment.is_confidential,
            Assignment.id.label("assignment_id"),
            Assignment.agency_id,
            Assignment.clock_id,
            Assignment.received_at,
            Assignment.disposed_at,
            Assignment.responded_at,
            Assignment.withdrawn_at,
            Assignment.silent_at,
            Assignment.ended_at,
        )
        .join(Category, Category.code == Assignment.category_code, isouter=True)
        .where(origins.brought_elsewhere(), *_touching(Assignment.received_at, Assignment.ended_at, scope))
    )


def _touching(received_at: Any, ended_at: Any, scope: Scope) -> tuple[ColumnElement[bool], ...]:
    return (
        received_at < scope.end,
        received_at <= scope.cutoff,
        or_(received_at >= scope.start, ended_at.is_(None), ended_at >= scope.start),
    )


def _report(row: Any, scope: Scope, lines: Mapping[int, list[Line]], hops: Mapping[int, int]) -> Matter:
    ended_at = _by(scope, row.ended_at)
    return Matter(
        group=row.group,
        is_confidential=row.is_confidential,
        is_imported=row.source_id is not None,
        received_at=row.received_at,
        disposed_at=_by(scope, row.disposed_at),
        # A closure answers, too: not every source says when it answered before.
        answered_at=_by(scope, row.first_response_at or row.first_closed_at),
        stored_closures=_stored_closures(row, scope),
        ending=row.ending.value if ended_at else None,
        ended_at=ended_at,
        withdrawn_at=ended_at if row.ending in COMPETING else None,
        agency_now=row.agency_id,
        clock_ids=(row.clock_id, row.verify_clock_id),
        hop_count=hops.get(row.assignment_id, 0),
        response_exclusion=row.response_exclusion,
        resolution_exclusion=row.resolution_exclusion,
        lines=lines.get(row.clock_id, ()),
    )


def _duty(row: Any, scope: Scope, lines: Mapping[int, list[Line]], hops: Mapping[int, int]) -> Matter:
    withdrawn_at, ended_at = _by(scope, row.withdrawn_at), _by(scope, row.ended_at)
    return Matter(
        group=row.group,
        is_confidential=row.is_confidential,
        is_imported=False,
        received_at=row.received_at,
        disposed_at=_by(scope, row.disposed_at),
        answered_at=_by(scope, row.responded_at),
        stored_closures=(),
        ending=_ending(withdrawn_at, _by(scope, row.silent_at)),
        ended_at=ended_at,
        withdrawn_at=withdrawn_at,
        agency_now=row.agency_id,
        clock_ids=(row.clock_id, None),
        hop_count=hops.get(row.assignment_id, 0),
        response_exclusion=None,
        resolution_exclusion=None,
        lines=lines.get(row.clock_id, ()),
    )


def _ending(withdrawn_at: datetime | None, silent_at: datetime | None) -> str | None:
    """Named as those of reports; None where the answer itself says how it ended."""
    if withdrawn_at is not None:
        return Ending.WITHDRAWN.value
    return Ending.SILENCE.value if silent_at is not None else None


def _by(scope: Scope, at: datetime | None) -> datetime | None:
    """What happened after the cut-off is not known yet."""
    return at if at is not None and at <= scope.cutoff else None


def _stored_closures(row: Any, scope: Scope) -> list[Closure]:
    """Of a matter whose closures stand in no ledger: refused at triage, or brought from another system."""
    first = _by(scope, row.first_closed_at)
    if first is None:
        return []
    reopened_at = _by(scope, row.reopened_at)
    second = _by(scope, row.closed_at)
    if reopened_at is None or second is None or second <= reopened_at:
        return [Closure(first, reopened_at)]
    return [Closure(first, reopened_at), Closure(second)]


def _lines(scope: Scope) -> dict[int, list[Line]]:
    rows = (
        select(ClockEntry.clock_id, ClockEntry.kind, ClockEntry.at, ClockEntry.stage, ClockEntry.data)
        .join(Assignment, Assignment.clock_id == ClockEntry.clock_id)
        .where(
            ClockEntry.kind.not_in([EntryKind.IMPORTED, EntryKind.RECALCULATE]),
            ClockEntry.at <= scope.cutoff,
            *_touching(Assignment.received_at, Assignment.ended_at, scope),
        )
        .order_by(ClockEntry.clock_id, ClockEntry.seq)
    )
    by_clock: dict[int, list[Line]] = defaultdict(list)
    for clock_id, *line in db.session.execute(rows):
        by_clock[clock_id].append(Line(*line))
    return by_clock


def _hops(scope: Scope) -> dict[int, int]:
    """Transfers to a named receiver; what is sent back to the moderators counts as none."""
    rows = (
        select(Response.assignment_id, func.count())
        .join(Response.assignment)
        .where(
            Response.kind == ResponseKind.TRANSFER,
            Response.to_agency_id.is_not(None),
            Response.at <= scope.cutoff,
            *_touching(Assignment.received_at, Assignment.ended_at, scope),
        )
        .group_by(Response.assignment_id)
    )
    return {row[0]: row[1] for row in db.session.execute(rows)}


def verdicts(scope: Scope) -> list[Verdict]:
    """Verdicts on matters received in the period, given by the cut-off."""
    rows = (
        select(Rating.is_solved, Rating.stars)
        .join(Assignment, Rating.assignment_id == Assignment.id)
        .where(
            *origins.received_in(Assignment.received_at, scope),
            Rating.at <= scope.cutoff,
            or_(Rating.superseded_at.is_(None), Rating.superseded_at > scope.cutoff),
        )
    )
    return [Verdict(*row) for row in db.session.execute(rows)]
