"""What waits at a desk: open duties, the most pressing first, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, false, func, or_
from sqlalchemy.orm import aliased

from portal.accounts.models import User
from portal.assignments import queries as assignments
from portal.assignments.models import Assignment, Draft
from portal.assignments.rules import AssignmentState
from portal.categories.models import Category
from portal.db import db
from portal.deadlines.models import StageDeadline
from portal.deadlines.rules.stages import Stage
from portal.desk.rules import PAGE_SIZE, Cursor, Group, Horizon
from portal.organisation.models import Official
from portal.places.models import Area

DISTRICT_LENGTH = 8  # "12.71.09": Kemendagri codes name their parents
District = aliased(Area)
district_code = func.substr(Assignment.area_code, 1, DISTRICT_LENGTH)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the person narrowed the desk to; empty means everything."""

    state: Group | None = None
    stage: Stage | None = None
    origin: str = ""
    area: str = ""
    category: str = ""
    q: str = ""
    official_id: int | None = None
    agency_id: int | None = None
    due_by: datetime | None = None  # what is not late yet, and will be after this moment
    after: Cursor | None = None


@dataclass(frozen=True)
class Page:
    """One page of open duties; `next` leads to the following one."""

    rows: Sequence[Row[Any]]
    next: Cursor | None = None


@dataclass
class Facets:
    """Counts of everything on the desk, before and after the filters."""

    total: int = 0
    late: int = 0
    groups: dict[Group, int] = field(default_factory=lambda: dict.fromkeys(Group, 0))
    areas: dict[str, str] = field(default_factory=dict)
    categories: dict[str, Row[Any]] = field(default_factory=dict)
    origins: set[str] = field(default_factory=set)


def open_duties(user: User, holders: Any, wish: Wish, horizon: Horizon) -> Page:
    """Open duties of the holders (ids, or a statement of ids), each once, the first due on top."""
    statement = pressing(
        db.select(
            StageDeadline.id,
            StageDeadline.stage,
            StageDeadline.due_at,
            StageDeadline.is_paused,
            Assignment.clock_id,
            Assignment.number,
            Assignment.lock,
            Assignment.origin,
            assignments.text_for(user, Assignment.title).label("title"),
            Assignment.matter,
            Assignment.is_confidential,
            Assignment.hop_count,
            Assignment.resolved_at,
            Category.name_id,
            Category.name_en,
            Area.name.label("area"),
            Official.name.label("official"),
            _has_draft_of(user).label("has_draft"),
        ),
        user,
        holders,
    )
    statement = (
        _narrowed(statement, user, wish, horizon)
        .outerjoin(Category, Category.code == Assignment.category_code)
        .outerjoin(Area, Area.code == Assignment.area_code)
        .outerjoin(Official, Official.id == Assignment.official_id)
        # Said like this, one person's desk is read along the index and left after a page: of 2,000 open
        # duties 0.3 ms instead of 14.
        .order_by(StageDeadline.due_at.asc().nulls_last(), StageDeadline.id)
        .limit(PAGE_SIZE + 1)
    )
    return page_of(db.session.execute(statement).all())


def _has_draft_of(user: User) -> ColumnElement[bool]:
    """Is the person writing about the duty?"""
    return exists().where(Draft.assignment_id == Assignment.id, Draft.author_id == user.id)


def grouped(user: User, holders: Any, horizon: Horizon, q: str = "") -> Sequence[Row[Any]]:
    """How many open duties there are of each holder, agency, group, stage, origin, category and kecamatan:
    one statement, which the counts of a desk and the loads of a team share, since it reads them all."""
    codes = (
        group_case(horizon).label("pressing"),
        StageDeadline.official_id,
        Assignment.agency_id,
        StageDeadline.stage,
        Assignment.origin,
        Assignment.category_code,
        district_code.label("district_code"),
    )
    counted = pressing(db.select(*codes, *_counts(horizon)), user, holders)
    if q:
        counted = counted.where(_matches(q, user))
    # Names are looked up for the few groups, not for each of their duties.
    groups = counted.group_by("pressing", *codes[1:-1], district_code).subquery()
    statement = (
        db.select(groups, Category.name_id, Category.name_en, District.name.label("district"))
        .outerjoin(Category, Category.code == groups.c.category_code)
        .outerjoin(District, District.code == groups.c.district_code)
        .order_by(District.name, Category.name_id)
    )
    return db.session.execute(statement).all()


def _counts(horizon: Horizon) -> list[Any]:
    """All of a group, and those of it that fall due by the close of the next working days."""
    return [
        func.count().label("duty_count"),
        func.sum(case((_falls_due(horizon, horizon.tomorrow), 1), else_=0)).label("tomorrow_count"),
        func.sum(case((_falls_due(horizon, horizon.soon), 1), else_=0)).label("soon_count"),
    ]


def _falls_due(horizon: Horizon, until: datetime | None) -> ColumnElement[bool]:
    """Not late yet, and due by then."""
    due = StageDeadline.due_at
    return and_(due >= horizon.now, due <= until) if until is not None else false()


def facets(rows: Sequence[Row[Any]], wish: Wish) -> Facets:
    """What the filters offer, and how many duties each group has under them; `rows` as `grouped` gives
    them for the wish's words."""
    found = Facets()
    for row in rows:
        if not _is_held(row, wish):
            continue
        found.total += row.duty_count
        found.late += row.duty_count if row.pressing == Group.OVERDUE else 0
        found.origins.add(row.origin)
        if row.district:
            found.areas[row.district_code] = row.district
        if row.category_code:
            found.categories[row.category_code] = row
        fits = (
            (not wish.stage or row.stage == wish.stage)
            and (not wish.origin or row.origin == wish.origin)
            and (not wish.area or row.district_code == wish.area)
            and (not wish.category or row.category_code == wish.category)
        )
        if fits:
            found.groups[Group(row.pressing)] += row.duty_count
    return found


def page_of(rows: Sequence[Row[Any]]) -> Page:
    """A page of rows that were asked for with one more than fits."""
    if len(rows) <= PAGE_SIZE:
        return Page(rows)
    last = rows[PAGE_SIZE - 1]
    return Page(rows[:PAGE_SIZE], Cursor(last.due_at, last.id))


def pressing(statement: Select[Any], user: User, holders: Any) -> Select[Any]:
    """Each open duty of the holders once, at the stage that is due first."""
    return assignments.known_to(
        statement.select_from(StageDeadline)
        .join(Assignment, Assignment.clock_id == StageDeadline.clock_id)
        .where(
            # Said of both, though they agree: whichever table is looked at first, its past is not read.
            Assignment.official_id.in_(holders),
            StageDeadline.official_id.in_(holders),
            StageDeadline.is_open.is_(True),
            Assignment.state == AssignmentState.OPEN,
            _nearest_stage(),
        ),
        user,
    )


@cache
def _nearest_stage() -> ColumnElement[bool]:
    """No other open stage of the same clock is due earlier."""
    row, other = StageDeadline, aliased(StageDeadline)
    earlier = or_(
        other.due_at < row.due_at,
        and_(other.due_at.is_not(None), row.due_at.is_(None)),
        and_(other.due_at.is_not_distinct_from(row.due_at), other.id < row.id),
    )
    sooner = (
        db.select(other.id)
        .where(other.clock_id == row.clock_id, other.is_open.is_(True), earlier)
        .correlate(row)
    )
    return ~exists(sooner)


def group_case(horizon: Horizon) -> Any:
    due = StageDeadline.due_at
    return case(
        (StageDeadline.is_paused.is_(True), Group.WAITING.value),
        (due < horizon.now, Group.OVERDUE.value),
        (due < horizon.day_end, Group.TODAY.value),
        (due < horizon.week_end, Group.WEEK.value),
        else_=Group.LATER.value,
    )


def _narrowed(statement: Select[Any], user: User, wish: Wish, horizon: Horizon) -> Select[Any]:
    if wish.state:
        statement = statement.where(group_case(horizon) == wish.state.value)
    if wish.stage:
        statement = statement.where(StageDeadline.stage == wish.stage)
    if wish.origin:
        statement = statement.where(Assignment.origin == wish.origin)
    if wish.area:
        statement = statement.where(district_code == wish.area)
    if wish.category:
        statement = statement.where(Assignment.category_code == wish.category)
    if wish.q:
        statement = statement.where(_matches(wish.q, user))
    if wish.due_by:
        statement = statement.where(_falls_due(horizon, wish.due_by))
    statement = _held(statement, wish)
    return statement.where(after(wish.after)) if wish.after else statement


def _held(statement: Select[Any], wish: Wish) -> Select[Any]:
    if wish.official_id is not None:
        statement = statement.where(StageDeadline.official_id == wish.official_id)
    if wish.agency_id is not None:
        statement = statement.where(Assignment.agency_id == wish.agency_id)
    return statement


def _is_held(row: Row[Any], wish: Wish) -> bool:
    """The same of a counted row."""
    return (wish.official_id is None or row.official_id == wish.official_id) and (
        wish.agency_id is None or row.agency_id == wish.agency_id
    )


def _matches(words: str, user: User) -> ColumnElement[bool]:
    """By number; by words only what the person may read, else a search would tell the text."""
    texts = (assignments.text_for(user, column) for column in (Assignment.title, Assignment.place))
    return or_(*(column.icontains(words, autoescape=True) for column in (Assignment.number, *texts)))


def after(cursor: Cursor) -> ColumnElement[bool]:
    due = StageDeadline.due_at
    if cursor.due_at is None:
        return and_(due.is_(None), StageDeadline.id > cursor.id)
    return or_(
        due.is_(None),
        due > cursor.due_at,
        and_(due == cursor.due_at, StageDeadline.id > cursor.id),
    )
