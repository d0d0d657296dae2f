"""What waits for moderators: reports to verify, duties that came back, disputes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, case
from sqlalchemy.orm import aliased

from portal.accounts.models import User
from portal.assignments import queries as assignments
from portal.assignments.models import Assignment
from portal.assignments.rules import AssignmentState
from portal.categories.models import Category
from portal.db import db
from portal.deadlines.models import StageDeadline
from portal.desk.queries.queue import Page, after, page_of
from portal.desk.rules import PAGE_SIZE, Cursor
from portal.places.models import Area
from portal.places.rules import Level
from portal.reports import queries as reports
from portal.reports.models import Report, ReportContent
from portal.reports.rules import ReportState


def unverified(user: User, cursor: Cursor | None) -> Page:
    """Reports that wait for verification, by due time; those that wait for the resident last."""
    statement = (
        _triage_rows(reports.for_triage(user))
        .add_columns(ReportContent.title)
        .join(StageDeadline, StageDeadline.clock_id == Report.verify_clock_id)
        .join(ReportContent, ReportContent.report_id == Report.id)
        .where(StageDeadline.is_open.is_(True))
        .order_by(StageDeadline.due_at.is_(None), StageDeadline.due_at, StageDeadline.id)
        .limit(PAGE_SIZE + 1)
    )
    return page_of(db.session.execute(statement.where(after(cursor)) if cursor else statement).all())


def returned(user: User) -> Sequence[Row[Any]]:
    """Duties that came back: declined, or passed on too often; each with its one day."""
    statement = (
        _triage_rows(db.select(Report).join(Report.assignment))
        .add_columns(Assignment.title)
        .join(StageDeadline, StageDeadline.clock_id == Assignment.triage_clock_id)
        .where(Assignment.state == AssignmentState.RETURNED, StageDeadline.is_open.is_(True))
        .order_by(StageDeadline.due_at.is_(None), StageDeadline.due_at, StageDeadline.id)
        .limit(PAGE_SIZE)
    )
    return db.session.execute(assignments.visible_to(statement, user)).all()


def disputed(user: User) -> Sequence[Row[Any]]:
    """Answered twice and still not solved for the resident, oldest first."""
    statement = (
        db.select(Report.number, Assignment.title, Report.disputed_at, Area.name.label("area"))
        .join(Report.assignment)
        .outerjoin(Area, Area.code == Report.area_code)
        .where(Report.disputed_at.is_not(None), Report.state != ReportState.CLOSED)
        .order_by(Report.disputed_at)
        .limit(PAGE_SIZE)
    )
    return db.session.execute(assignments.visible_to(statement, user)).all()


def areas() -> Sequence[Row[Any]]:
    """Every kecamatan and kelurahan, each kelurahan under its kecamatan, as (code, name)."""
    parent = aliased(Area)
    name = case((Area.level == Level.VILLAGE, Area.name + ", " + parent.name), else_=Area.name)
    return db.session.execute(
        db.select(Area.code, name.label("name"))
        .outerjoin(parent, parent.code == Area.parent_code)
        .where(Area.level != Level.CITY)
        .order_by(Area.code)
    ).all()


def _triage_rows(statement: Select[Any]) -> Any:
    """What the triage's rows have in common, of a statement about reports."""
    return (
        statement.with_only_columns(
            StageDeadline.id,
            StageDeadline.clock_id,
            StageDeadline.stage,
            StageDeadline.due_at,
            StageDeadline.is_paused,
            Report.number,
            Report.kind,
            Report.is_supervisory,
            Report.is_confidential,
            Report.is_anonymous,
            Category.name_id,
            Category.name_en,
            Area.name.label("area"),
        )
        .join(Category, Category.code == Report.category_code)
        .outerjoin(Area, Area.code == Report.area_code)
    )
