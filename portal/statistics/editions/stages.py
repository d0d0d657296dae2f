"""The stages that fell due, as they were known at an edition's cut-off."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, or_, select

from portal.assignments.models import Assignment
from portal.categories.models import Category
from portal.db import db
from portal.deadlines import versions
from portal.deadlines.models import ClockEntry, StageDeadline
from portal.deadlines.rules.engine import reckon
from portal.deadlines.rules.ledger import Entry
from portal.deadlines.rules.stages import Stage
from portal.reports.models import Report
from portal.statistics.rules.punctuality import DueStage
from portal.statistics.rules.scope import Scope

PORTION = 500


class KnownStage(NamedTuple):
    """One round of a stage of a clock."""

    clock_id: int
    stage: Stage
    round: int
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

    def is_unmet(self, at: datetime) -> bool:
        """Neither met nor given up by then."""
        return not any(moment is not None and moment <= at for moment in (self.met_at, self.ended_at))


class Field(NamedTuple):
    """What a clock's matter is about; None where it has no category."""

    group: str | None
    is_confidential: bool


def known(scope: Scope) -> list[KnownStage]:
    """Stages that fell due in the period or were unmet at its end, in the order of clock and round.

    What happened to a clock after the cut-off is not known yet: such a clock is reckoned anew from the
    lines before. Normally there is none, because an edition is prepared at its cut-off.
    """
    changed = set(db.session.scalars(_changed_later(scope)))
    stored = [KnownStage(*row) for row in db.session.execute(_stored(scope)) if row.clock_id not in changed]
    replayed = _replayed(changed, scope) if changed else ()
    return sorted([*stored, *replayed], key=lambda row: (row.clock_id, row.stage, row.round))


def _stored(scope: Scope) -> Select[*tuple[Any, ...]]:
    return select(
        StageDeadline.clock_id,
        StageDeadline.stage,
        StageDeadline.round,
        StageDeadline.accountable_agency_id,
        StageDeadline.due_at,
        StageDeadline.original_due_at,
        StageDeadline.met_at,
        StageDeadline.ended_at,
    ).where(
        StageDeadline.origin_at <= scope.cutoff,
        or_(
            _falls_in(StageDeadline.due_at, scope),
            _falls_in(StageDeadline.original_due_at, scope),
            and_(
                StageDeadline.due_at < scope.until,
                or_(StageDeadline.met_at.is_(None), StageDeadline.met_at > scope.until),
                or_(StageDeadline.ended_at.is_(None), StageDeadline.ended_at > scope.until),
            ),
        ),
    )


def _falls_in(moment: Any, scope: Scope) -> ColumnElement[bool]:
    return and_(moment >= scope.start, moment < scope.end, moment <= scope.cutoff)


def _changed_later(scope: Scope) -> Select[int]:
    """Clocks that ran at the cut-off and have lines after it."""
    ran = select(ClockEntry.clock_id).where(ClockEntry.seq == 1, ClockEntry.at <= scope.cutoff)
    return (
        select(ClockEntry.clock_id)
        .where(ClockEntry.at > scope.cutoff, ClockEntry.clock_id.in_(ran))
        .distinct()
    )


def _replayed(clock_ids: Iterable[int], scope: Scope) -> Iterator[KnownStage]:
    known_versions = versions.load()
    for clock_id, rows in groupby(_lines_of(clock_ids, scope), key=lambda row: row.clock_id):
        entries = [Entry(row.kind, row.at, row.stage, row.data) for row in rows]
        reckoning = reckon(
            entries,
            calendars=known_versions.calendars,
            policies=known_versions.policies,
            now=scope.cutoff,
        )
        for stage in (*reckoning.lapsed, *reckoning.stages.values()):
            yield KnownStage(
                clock_id,
                stage.stage,
                stage.round,
                stage.agency_id,
                stage.due_at,
                stage.original_due_at,
                stage.met_at,
                stage.ended_at,
            )


def _lines_of(clock_ids: Iterable[int], scope: Scope) -> Iterator[Any]:
    for ids in _portions(clock_ids):
        rows = (
            select(ClockEntry.clock_id, ClockEntry.kind, ClockEntry.at, ClockEntry.stage, ClockEntry.data)
            .where(ClockEntry.clock_id.in_(ids), ClockEntry.at <= scope.cutoff)
            .order_by(ClockEntry.clock_id, ClockEntry.seq)
        )
        yield from db.session.execute(rows)


def fields(clock_ids: Iterable[int]) -> dict[int, Field]:
    """What the matters of some clocks are about, as far as they are duties or reports in verification."""
    found: dict[int, Field] = {}
    for ids in _portions(clock_ids):
        of_assignments = (
            select(Assignment.clock_id, Category.group, Assignment.is_confidential)
            .join(Category, Category.code == Assignment.category_code, isouter=True)
            .where(Assignment.clock_id.in_(ids))
        )
        of_reports = (
            select(Report.verify_clock_id, Category.group, Report.is_confidential)
            .join(Category, Category.code == Report.category_code)
            .where(Report.verify_clock_id.in_(ids))
        )
        rows = [*db.session.execute(of_assignments), *db.session.execute(of_reports)]
        found |= {clock_id: Field(group, is_confidential) for clock_id, group, is_confidential in rows}
    return found


def _portions(ids: Iterable[int]) -> Iterator[list[int]]:
    """SQLite takes a limited number of values in a statement."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), PORTION):
        yield ordered[start : start + PORTION]
