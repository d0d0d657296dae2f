"""Whose summary is due, and what waits for them: asked for a batch of people at once."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, or_, select

from portal import i18n
from portal.accounts.models import User, UserRole
from portal.accounts.rules import STAFF
from portal.assignments.models import Assignment, Extension
from portal.assignments.rules import AssignmentState
from portal.db import db
from portal.deadlines import queries as deadlines
from portal.deadlines.models import StageDeadline
from portal.deadlines.rules.calendar import Calendar
from portal.mailroom.models import DailySummary
from portal.notifications.models import Notification
from portal.organisation.models import Absence, Agency, Official
from portal.organisation.rules import LeaveState

BATCH = 50  # people
RESIDENTS_FROM, RESIDENTS_UNTIL = time(7), time(21)  # nobody reads their mail at night


def staff(at: datetime, away: Iterable[int]) -> Sequence[Row[User, int | None]]:
    """Officials and moderators whose office has opened today and who had no summary yet, with the id of the
    position; those on leave get none."""
    open_keys = _open_calendars(at)
    if not open_keys:
        return []
    works_today: ColumnElement[bool] = Agency.calendar_key.in_(open_keys)
    if deadlines.all_calendars()[0].key in open_keys:
        works_today = or_(works_today, Official.id.is_(None))  # whoever has no agency follows the city
    return db.session.execute(
        _without_summary(i18n.local(at).date())
        .outerjoin(Official, Official.user_id == User.id)
        .outerjoin(Agency, Agency.id == Official.agency_id)
        .add_columns(Official.id)
        .where(_is_staff(), works_today, or_(Official.id.is_(None), Official.id.not_in(list(away))))
    ).all()


def residents(at: datetime) -> Sequence[User]:
    """Everybody else for whom news lie ready to be summed up, in the morning or later that day."""
    local = i18n.local(at)
    if not RESIDENTS_FROM <= local.time() < RESIDENTS_UNTIL:
        return []
    waits = exists().where(Notification.awaits_summary.is_(True), Notification.user_id == User.id)
    return db.session.scalars(_without_summary(local.date()).where(~_is_staff(), waits)).all()


def last_summaries(user_ids: Sequence[int], before: date) -> dict[int, datetime]:
    """When each of them had the last one before that day."""
    rows = db.session.execute(
        select(DailySummary.user_id, func.max(DailySummary.written_at).label("written_at"))
        .where(DailySummary.user_id.in_(user_ids), DailySummary.day < before)
        .group_by(DailySummary.user_id)
    )
    return {row.user_id: row.written_at for row in rows}


def open_duties(official_ids: Sequence[int]) -> Sequence[Any]:
    """Every open duty of these positions at each open stage, the first due on top."""
    return db.session.execute(
        select(
            StageDeadline.official_id,
            StageDeadline.due_at,
            StageDeadline.is_paused,
            StageDeadline.origin_at,
            Assignment.number,
            Assignment.title,
            Assignment.is_confidential,
            Assignment.excluded_agency_id,
        )
        .join(Assignment, Assignment.clock_id == StageDeadline.clock_id)
        .where(
            StageDeadline.official_id.in_(official_ids),
            StageDeadline.is_open.is_(True),
            Assignment.state == AssignmentState.OPEN,
        )
        .order_by(StageDeadline.due_at.is_(None), StageDeadline.due_at, StageDeadline.id)
    ).all()


def extension_wishes() -> Select[int | None, int]:
    """Undecided wishes for more time, by whose they are to decide."""
    return (
        select(Official.supervisor_id.label("leader_id"), func.count().label("count"))
        .select_from(Extension)
        .join(Assignment, Assignment.id == Extension.assignment_id)
        .join(Official, Official.id == Assignment.official_id)
        .where(Extension.decided_at.is_(None), Assignment.state == AssignmentState.OPEN)
        .group_by(Official.supervisor_id)
    )


def leave_wishes() -> Select[int | None, int]:
    """Undecided wishes for leave, by whose they are to decide."""
    return (
        select(Official.supervisor_id.label("leader_id"), func.count().label("count"))
        .select_from(Absence)
        .join(Official, Official.id == Absence.official_id)
        .where(Absence.state == LeaveState.ASKED)
        .group_by(Official.supervisor_id)
    )


def by_leader(wishes: Select[int | None, int], official_ids: Sequence[int]) -> dict[int, int]:
    """How many wishes wait for each of these positions."""
    found = db.session.execute(wishes.where(Official.supervisor_id.in_(official_ids)))
    return {leader_id: count for leader_id, count in found if leader_id is not None}


def ready_news(user_ids: Sequence[int]) -> Sequence[Notification]:
    """What these people wanted to be told together, oldest first."""
    return db.session.scalars(
        select(Notification)
        .where(Notification.awaits_summary.is_(True), Notification.user_id.in_(user_ids))
        .order_by(Notification.id)
    ).all()


def _without_summary(day: date) -> Select[User]:
    had = exists().where(DailySummary.user_id == User.id, DailySummary.day == day)
    return (
        select(User)
        .where(User.disabled_at.is_(None), User.confirmed_at.is_not(None), ~had)
        .order_by(User.id)
        .limit(BATCH)
    )


def _is_staff() -> Any:
    return exists().where(UserRole.user_id == User.id, UserRole.role.in_(STAFF))


def _open_calendars(at: datetime) -> list[str]:
    """Keys of the calendars by which offices are open at that moment. Where no year is loaded nothing is
    guessed: administrators are warned in time."""
    return [one.key for one in deadlines.all_calendars() if _is_open(deadlines.calendar(one.key), at)]


def _is_open(office: Calendar, at: datetime) -> bool:
    day = office.local_date(at)
    works = office.covers(day) and office.is_working_day(day)
    return works and office.opens_at(day) <= at < office.closes_at(day)
