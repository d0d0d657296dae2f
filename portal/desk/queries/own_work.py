"""What one official holds or held last, a batch at a time, with what its clocks say."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, or_, select

from portal.assignments.models import Assignment
from portal.db import db
from portal.deadlines.models import ClockEntry, StageDeadline
from portal.deadlines.rules.ledger import EntryKind
from portal.deadlines.rules.stages import Stage
from portal.reports.models import Report, ReportAnswer
from portal.surveys.models import Rating

SIZE = 500  # duties that are in memory at once
PAUSING = (EntryKind.PAUSE, EntryKind.RESUME, EntryKind.CLOSE)


@dataclass
class Batch:
    """Some duties, the rounds of their stages and the pauses of their clocks, by clock, and what their
    reporters answered to the questions of the category."""

    duties: Sequence[Row[Any]]
    stages: dict[tuple[int, Stage], list[Row[Any]]] = field(default_factory=lambda: defaultdict(list))
    entries: dict[int, list[Row[Any]]] = field(default_factory=lambda: defaultdict(list))
    answers: dict[int, list[Row[Any]]] = field(default_factory=lambda: defaultdict(list))  # by the duty


def batches(official_id: int, start: datetime, end: datetime) -> Iterator[Batch]:
    """Duties received in the period, oldest first: four statements for each 500."""
    last: tuple[datetime, int] | None = None
    while duties := _duties(official_id, start, end, last):
        yield _with_clocks(duties)
        last = (duties[-1].received_at, duties[-1].id)


def _duties(
    official_id: int, start: datetime, end: datetime, last: tuple[datetime, int] | None
) -> Sequence[Row[Any]]:
    stars = (
        select(Rating.stars)
        .where(Rating.assignment_id == Assignment.id, Rating.superseded_at.is_(None))
        .order_by(Rating.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    statement: Any = (
        select(
            Assignment.id,
            Assignment.number,
            Assignment.origin,
            Assignment.category_code,
            Assignment.area_code,
            Assignment.is_confidential,
            Assignment.clock_id,
            Assignment.received_at,
            Assignment.disposed_at,
            Assignment.responded_at,
            Assignment.resolved_at,
            Assignment.hop_count,
            stars.label("stars"),
        )
        .where(
            Assignment.official_id == official_id,
            Assignment.received_at >= start,
            Assignment.received_at < end,
        )
        .order_by(Assignment.received_at, Assignment.id)
        .limit(SIZE)
    )
    if last is not None:
        at, id_ = last
        later = and_(Assignment.received_at == at, Assignment.id > id_)
        statement = statement.where(or_(Assignment.received_at > at, later))
    rows: Sequence[Row[Any]] = db.session.execute(statement).all()
    return rows


def _with_clocks(duties: Sequence[Row[Any]]) -> Batch:
    batch, clock_ids = Batch(duties), [duty.clock_id for duty in duties]
    stages: Any = (
        select(
            StageDeadline.clock_id,
            StageDeadline.stage,
            StageDeadline.due_at,
            StageDeadline.met_at,
            StageDeadline.ended_at,
        )
        .where(StageDeadline.clock_id.in_(clock_ids))
        .order_by(StageDeadline.round)
    )
    entries: Any = (
        select(ClockEntry.clock_id, ClockEntry.kind, ClockEntry.at)
        .where(ClockEntry.clock_id.in_(clock_ids), ClockEntry.kind.in_(PAUSING))
        .order_by(ClockEntry.clock_id, ClockEntry.seq)
    )
    answers: Any = (
        select(
            Report.assignment_id,
            ReportAnswer.label_id,
            ReportAnswer.label_en,
            ReportAnswer.answer_id,
            ReportAnswer.answer_en,
        )
        .join(ReportAnswer, ReportAnswer.report_id == Report.id)
        .where(Report.assignment_id.in_([duty.id for duty in duties]))
        .order_by(ReportAnswer.report_id, ReportAnswer.position)
    )
    for row in db.session.execute(answers):
        batch.answers[row.assignment_id].append(row)
    for row in db.session.execute(stages):
        batch.stages[row.clock_id, row.stage].append(row)
    for row in db.session.execute(entries):
        batch.entries[row.clock_id].append(row)
    return batch
