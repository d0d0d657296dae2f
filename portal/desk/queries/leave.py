"""Leave as its pages show it: of one official, or of everybody below somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, contains_eager

from portal.accounts.models import User
from portal.assignments.models import Assignment
from portal.assignments.rules import AssignmentState
from portal.db import db
from portal.deadlines.models import StageDeadline
from portal.organisation import queries as organisation
from portal.organisation.models import Absence, Official, StandingSubstitute
from portal.organisation.queries import active_on
from portal.organisation.rules import LeaveState

PAGE = 50
REMEMBERED_DAYS = 90  # leave that is over stays on the team's page for this long


@dataclass(frozen=True)
class Calendar:
    """The leave of a team: what waits, who is away, who will be, and who was."""

    waiting: Sequence[Absence]
    running: Sequence[Absence]
    coming: Sequence[Absence]
    over: Sequence[Absence]


def one_or_404(absence_id: int) -> Absence:
    """A leave with its people."""
    statement = _with_people(select(Absence)).where(Absence.id == absence_id)
    found: Absence | None = db.session.scalar(statement)
    return found or abort(404)


def of_official(official_id: int) -> Sequence[Absence]:
    """The leave of one official, the latest first."""
    statement = _with_people(select(Absence)).where(Absence.official_id == official_id)
    return db.session.scalars(statement.order_by(Absence.from_on.desc(), Absence.id.desc()).limit(PAGE)).all()


def asked_of(user: User) -> Select[Any]:
    """Wishes for leave of those below somebody; never the person's own."""
    return _of_line(organisation.line_of(user), user, Absence.state == LeaveState.ASKED)


@dataclass(frozen=True)
class Now:
    """Who of a line is away, until when, and what is asked for."""

    away: dict[int, date]
    asked: list[Absence]


def present_and_asked(line: Any, user: User, today: date) -> Now:
    """What the team's page tells of leave, in one statement; never the person's own wishes."""
    running = and_(Absence.state == LeaveState.APPROVED, Absence.from_on <= today, Absence.to_on >= today)
    condition = or_(Absence.state == LeaveState.ASKED, running)
    rows = db.session.scalars(_of_line(line, user, condition).limit(10 * PAGE)).all()
    return Now(
        away={row.official_id: row.to_on for row in rows if row.state is LeaveState.APPROVED},
        asked=[row for row in rows if row.state is LeaveState.ASKED],
    )


def calendar(line: Any, user: User, today: date) -> Calendar:
    """The leave of a team, in one statement."""
    recent = Absence.to_on >= today - timedelta(days=REMEMBERED_DAYS)
    counted = Absence.state == LeaveState.APPROVED
    statement = _of_line(line, user, or_(Absence.state == LeaveState.ASKED, counted & recent))
    rows = db.session.scalars(statement.limit(10 * PAGE)).all()
    approved = [row for row in rows if row.state is LeaveState.APPROVED]
    return Calendar(
        waiting=[row for row in rows if row.state is LeaveState.ASKED],
        running=[row for row in approved if row.from_on <= today <= row.to_on],
        coming=[row for row in approved if today < row.from_on],
        over=[row for row in reversed(approved) if row.to_on < today],
    )


def falling_due(official_id: int, *, until: Any) -> tuple[int, int]:
    """Open duties of an official, and how many of them fall due by a moment."""
    open_count = (
        select(func.count(Assignment.id))
        .where(Assignment.official_id == official_id, Assignment.state == AssignmentState.OPEN)
        .scalar_subquery()
    )
    due_count = (
        select(func.count(func.distinct(StageDeadline.clock_id)))
        .where(
            StageDeadline.official_id == official_id,
            StageDeadline.is_open.is_(True),
            StageDeadline.due_at <= until,
        )
        .scalar_subquery()
    )
    row = db.session.execute(select(open_count, due_count)).one()
    return row[0], row[1]


def away_together(absence: Absence) -> Sequence[Absence]:
    """Approved leave of others of the same agency on some of the same days."""
    statement = _with_people(select(Absence)).where(
        Official.agency_id == absence.official.agency_id,
        Absence.official_id != absence.official_id,
        Absence.state == LeaveState.APPROVED,
        Absence.from_on <= absence.to_on,
        Absence.to_on >= absence.from_on,
    )
    return db.session.scalars(statement.order_by(Absence.from_on).limit(PAGE)).all()


def possible_substitutes(official: Official, today: date) -> list[Official]:
    """Those named in advance first, then everybody of the agency and who stands above."""
    standing = (
        select(StandingSubstitute.substitute_id, StandingSubstitute.position)
        .where(StandingSubstitute.official_id == official.id)
        .subquery()
    )
    rows = db.session.scalars(
        select(Official)
        .outerjoin(standing, standing.c.substitute_id == Official.id)
        .where(
            or_(
                Official.agency_id == official.agency_id,
                Official.id == official.supervisor_id,
                standing.c.substitute_id.is_not(None),
            ),
            Official.id != official.id,
            active_on(today),
        )
        .order_by(standing.c.position.is_(None), standing.c.position, Official.name, Official.id)
    )
    return list(rows)


def first_standing(official_id: int) -> int | None:
    """Who stands in for an official by default."""
    return db.session.scalar(
        select(StandingSubstitute.substitute_id)
        .where(StandingSubstitute.official_id == official_id)
        .order_by(StandingSubstitute.position)
        .limit(1)
    )


def _of_line(line: Any, user: User, condition: ColumnElement[bool]) -> Select[Any]:
    statement = _with_people(select(Absence)).where(
        Absence.official_id.in_(line), Official.user_id.is_distinct_from(user.id), condition
    )
    return statement.order_by(Absence.from_on, Absence.id)


def _with_people(statement: Select[Any]) -> Select[Any]:
    substitute = aliased(Official)
    return (
        statement.join(Absence.official)
        .outerjoin(substitute, Absence.substitute)
        .options(
            contains_eager(Absence.official),
            contains_eager(Absence.substitute.of_type(substitute)),
        )
    )
