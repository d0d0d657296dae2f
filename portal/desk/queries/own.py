"""What one official did in a period, as plain rows for the figures that are theirs alone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select

from portal.assignments.models import Assignment, Response
from portal.assignments.rules import AssignmentState, ResponseKind
from portal.db import db
from portal.deadlines.models import ClockEntry, StageDeadline
from portal.deadlines.rules.ledger import EntryKind
from portal.deadlines.rules.stages import Stage
from portal.organisation.models import Absence
from portal.organisation.rules import LeaveState
from portal.statistics.rules.punctuality import DueStage
from portal.surveys.models import Rating

ENDINGS = (ResponseKind.ANSWER, ResponseKind.REFUSAL)
TURNS = (EntryKind.PAUSE, EntryKind.RESUME, EntryKind.REOPEN)


@dataclass(frozen=True)
class Counts:
    """Duties that an official holds, and what residents said of them."""

    received: int
    open: int
    late: int
    rated: int
    stars: int  # their sum


def leave_of(official_id: int, first: date, last: date) -> list[tuple[date, date]]:
    """Approved leave that touches the days, both ends included; the latest reaches as far as it was used."""
    rows = db.session.execute(
        select(Absence.from_on, Absence.to_on).where(
            Absence.official_id == official_id,
            Absence.state == LeaveState.APPROVED,
            Absence.to_on >= first,
            Absence.from_on <= last,
        )
    )
    return [(row.from_on, row.to_on) for row in rows]


def due_stages(official_id: int, start: datetime, end: datetime) -> list[DueStage]:
    """Stages with the official that fell due in [start, end)."""
    rows = db.session.execute(
        select(StageDeadline.due_at, StageDeadline.met_at, StageDeadline.ended_at).where(
            StageDeadline.official_id == official_id,
            StageDeadline.due_at >= start,
            StageDeadline.due_at < end,
        )
    )
    return [DueStage(*row) for row in rows]


def said(official_id: int, start: datetime, end: datetime) -> Sequence[Row[Any]]:
    """Answers, refusals and transfers by the official, each with its clock and when the duty came."""
    came = (
        select(func.max(StageDeadline.origin_at))
        .where(StageDeadline.clock_id == Assignment.clock_id, StageDeadline.stage == Stage.RESPOND)
        .scalar_subquery()
    )
    return db.session.execute(
        select(
            Response.kind,
            Response.at,
            Response.to_agency_id,
            Assignment.clock_id,
            func.coalesce(came, Assignment.disposed_at).label("came_at"),
        )
        .join(Assignment, Assignment.id == Response.assignment_id)
        .where(
            Response.official_id == official_id,
            Response.kind.in_((*ENDINGS, ResponseKind.TRANSFER)),
            Response.at >= start,
            Response.at < end,
        )
        .order_by(Response.id)
    ).all()


def turns(clock_ids: Collection[int]) -> dict[int, list[tuple[EntryKind, datetime]]]:
    """Pauses, their ends and reopenings of clocks, in their order."""
    rows = db.session.execute(
        select(ClockEntry.clock_id, ClockEntry.kind, ClockEntry.at)
        .where(ClockEntry.clock_id.in_(clock_ids), ClockEntry.kind.in_(TURNS))
        .order_by(ClockEntry.clock_id, ClockEntry.seq)
    )
    found: dict[int, list[tuple[EntryKind, datetime]]] = {}
    for clock_id, kind, at in rows:
        found.setdefault(clock_id, []).append((kind, at))
    return found


def counts(official_id: int, start: datetime, end: datetime, now: datetime) -> Counts:
    """Duties that came in the period and are still the official's, what is open and late, and ratings."""
    mine = Assignment.official_id == official_id
    is_open = Assignment.state == AssignmentState.OPEN
    received = select(func.count(Assignment.id)).where(
        mine, Assignment.disposed_at >= start, Assignment.disposed_at < end
    )
    late = (
        select(func.count(func.distinct(StageDeadline.clock_id)))
        .join(Assignment, Assignment.clock_id == StageDeadline.clock_id)
        .where(
            StageDeadline.official_id == official_id,
            StageDeadline.is_open.is_(True),
            StageDeadline.due_at < now,
            mine,
            is_open,
        )
    )
    rated = (
        select(func.count(Rating.stars), func.coalesce(func.sum(Rating.stars), 0))
        .join(Assignment, Assignment.id == Rating.assignment_id)
        .where(mine, Rating.at >= start, Rating.at < end)
        .subquery()
    )
    row = db.session.execute(
        select(
            received.scalar_subquery(),
            select(func.count(Assignment.id)).where(mine, is_open).scalar_subquery(),
            late.scalar_subquery(),
            rated,
        )
    ).one()
    return Counts(*row)
