"""What waits for moderators: reports to verify, duties that came back, disputes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, case
from sqlalchemy.orm import aliased

from portal.accounts.models import User
from portal.assignments import queries as assignments
from portal.assignments.models import Assignment
from portal.categories.models import Category
from portal.db import db
from portal.deadlines.models import StageDeadline
from portal.desk.queries.queue import Page, after, page_of
from portal.desk.rules import PAGE_SIZE, Cursor
from portal.places.models import Area
from portal.places.rules import Level
from portal.reports import queries as reports
from portal.reports.models import Report, ReportContent

DEADLINE = (
    StageDeadline.id,
    StageDeadline.clock_id,
    StageDeadline.stage,
    StageDeadline.due_at,
    StageDeadline.is_paused,
)
NAMES = (Category.name_id, Category.name_en, Area.name.label("area"))
BY_DUE_TIME = (StageDeadline.due_at.is_(None), StageDeadline.due_at, StageDeadline.id)


def unverified(user: User, cursor: Cursor | None) -> Page:
    """Reports that wait for verification, by due time; those that wait for the resident last."""
    statement: Any = (
        reports.for_triage(user)
        .with_only_columns(
            *DEADLINE,
            Report.number,
            Report.kind,
            Report.is_supervisory,
            Report.is_confidential,
            Report.is_anonymous,
            ReportContent.title,
            *NAMES,
        )
        .join(StageDeadline, StageDeadline.clock_id == Report.verify_clock_id)
        .join(ReportContent, ReportContent.report_id == Report.id)
        .join(Category, Category.code == Report.category_code)
        .outerjoin(Area, Area.code == Report.area_code)
        .where(StageDeadline.is_open.is_(True))
        .order_by(*BY_DUE_TIME)
        .limit(PAGE_SIZE + 1)
    )
    return page_of(db.session.execute(statement.where(after(cursor)) if cursor else statement).all())


def returned(user: User) -> Sequence[Row[Any]]:
    """Duties that came back: declined, or passed on too often; each with its one day."""
    statement = (
        db.select(
            *DEADLINE,
            Assignment.number,
            Assignment.origin,
            Assignment.title,
            Assignment.matter,
            Assignment.is_confidential,
            *NAMES,
        )
        .join(StageDeadline, StageDeadline.clock_id == Assignment.triage_clock_id)
        .outerjoin(Category, Category.code == Assignment.category_code)
        .outerjoin(Area, Area.code == Assignment.area_code)
        .where(assignments.is_returned(), StageDeadline.is_open.is_(True))
        .order_by(*BY_DUE_TIME)
        .limit(PAGE_SIZE)
    )
    return db.session.execute(assignments.visible_to(statement, user)).all()


def disputed(user: User) -> Sequence[Row[Any]]:
    """Answered twice and still not solved for the resident, oldest first."""
    statement = (
        db.select(Assignment.number, Assignment.title, Assignment.disputed_at, Area.name.label("area"))
        .outerjoin(Area, Area.code == Assignment.area_code)
        .where(Assignment.disputed_at.is_not(None))
        .order_by(Assignment.disputed_at)
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
