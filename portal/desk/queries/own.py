"""What one official did in a period, as plain rows for the figures that are theirs alone."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import and_, func, select

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
    return [DueStage(row.due_at, row.met_at, row.ended_at) for row in rows if row.due_at]


@dataclass
class Said:
    """An answer, refusal or transfer by the official, when the duty came, and what its clock went through."""

    kind: ResponseKind
    at: datetime
    to_agency_id: int | None
    clock_id: int
    came_at: datetime
    turns: list[tuple[EntryKind, datetime]] = field(default_factory=list)


def said(official_id: int, start: datetime, end: datetime) -> list[Said]:
    """What the official said in [start, end) that ended or passed on a duty, in one statement."""
    came = (
        select(func.max(StageDeadline.origin_at))
        .where(StageDeadline.clock_id == Assignment.clock_id, StageDeadline.stage == Stage.RESPOND)
        .scalar_subquery()
    )
    turn = and_(ClockEntry.clock_id == Assignment.clock_id, ClockEntry.kind.in_(TURNS))
    rows = db.session.execute(
        select(
            Response.id,
            Response.kind,
            Response.at,
            Response.to_agency_id,
            Assignment.clock_id,
            func.coalesce(came, Assignment.disposed_at).label("came_at"),
            ClockEntry.kind.label("turn"),
            ClockEntry.at.label("turned_at"),
        )
        .join(Assignment, Assignment.id == Response.assignment_id)
        .outerjoin(ClockEntry, turn)
        .where(
            Response.official_id == official_id,
            Response.kind.in_((*ENDINGS, ResponseKind.TRANSFER)),
            Response.at >= start,
            Response.at < end,
        )
        .order_by(Response.id, ClockEntry.seq)
    )
    found: dict[int, Said] = {}
    for key, kind, at, to_agency_id, clock_id, came_at, turn_kind, turned_at in rows:
        one = found.setdefault(key, Said(kind, at, to_agency_id, clock_id, came_at))
        if turn_kind is not None:
            one.turns.append((turn_kind, turned_at))
    return list(found.values())


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
        .where(mine, Rating.superseded_at.is_(None), Rating.at >= start, Rating.at < end)
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
