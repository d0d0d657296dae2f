"""What waits for moderators: reports to verify, duties that came back, disputes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, case, func, or_
from sqlalchemy.orm import aliased, joinedload

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
from portal.reports.models import Report, ReportContent, ReportPhoto
from portal.reports.rules import ReportKind

DEADLINE = (
    StageDeadline.id,
    StageDeadline.clock_id,
    StageDeadline.stage,
    StageDeadline.due_at,
    StageDeadline.is_paused,
)
District = aliased(Area)
NAMES = (Category.name_id, Category.name_en, Area.name.label("area"))
BY_DUE_TIME = (StageDeadline.due_at.is_(None), StageDeadline.due_at, StageDeadline.id)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the moderator narrowed the triage to; empty means everything."""

    q: str = ""
    kind: ReportKind | None = None
    area: str = ""  # a kecamatan
    category: str = ""
    after: Cursor | None = None

    @property
    def is_narrow(self) -> bool:
        return bool(self.q or self.kind or self.area or self.category)


@dataclass
class Facets:
    """How many reports wait, how many of them are late, and what they can be narrowed to."""

    total: int = 0
    late: int = 0
    areas: dict[str, str] = field(default_factory=dict)
    categories: dict[str, Row[Any]] = field(default_factory=dict)


def facets(user: User, at: datetime) -> Facets:
    """Over everything that waits for this moderator, in one statement."""
    late = func.sum(case((StageDeadline.due_at < at, 1), else_=0)).label("late")
    columns = (Report.category_code, Category.name_id, Category.name_en, Report.district_code)
    statement: Any = (
        reports.for_triage(user)
        .with_only_columns(*columns, District.name.label("district"), func.count().label("number"), late)
        .join(StageDeadline, StageDeadline.clock_id == Report.verify_clock_id)
        .join(Category, Category.code == Report.category_code)
        .outerjoin(District, District.code == Report.district_code)
        .where(StageDeadline.is_open.is_(True))
        .group_by(*columns, District.name)
        .order_by(District.name, Category.name_id)
    )
    found = Facets()
    for row in db.session.execute(statement):
        found.total += row.number
        found.late += row.late
        found.categories[row.category_code] = row
        if row.district:
            found.areas[row.district_code] = row.district
    return found


def unverified(user: User, wish: Wish) -> Page:
    """Reports that wait for verification, by due time; those that wait for the resident last."""
    cursor = wish.after
    statement: Any = (
        _narrowed(reports.for_triage(user), wish)
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


def _narrowed(statement: Select[Report], wish: Wish) -> Select[Report]:
    if wish.kind:
        statement = statement.where(Report.kind == wish.kind)
    if wish.area:
        statement = statement.where(Report.district_code == wish.area)
    if wish.category:
        statement = statement.where(Report.category_code == wish.category)
    if wish.q:
        holds = [
            column.icontains(wish.q, autoescape=True)
            for column in (Report.number, ReportContent.title, ReportContent.body, ReportContent.place)
        ]
        statement = statement.where(or_(*holds))
    return statement


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


def report(number: str, user: User) -> Report | None:
    """A report in any state, for a moderator who may put it right, in one statement."""
    found: Report | None = (
        db.session.scalars(
            reports.of_moderator(user)
            .where(Report.number == number)
            .options(
                joinedload(Report.category),
                joinedload(Report.area).load_only(Area.name),
                joinedload(Report.agency),
                joinedload(Report.assignment),
                joinedload(Report.content).joinedload(ReportContent.answers),
                joinedload(Report.reporter),
                joinedload(Report.merged_into),
                joinedload(Report.verify_clock),
                joinedload(Report.messages),
                joinedload(Report.photos).options(
                    joinedload(ReportPhoto.attachment), joinedload(ReportPhoto.masked)
                ),
            )
        )
        .unique()
        .one_or_none()
    )
    return found
