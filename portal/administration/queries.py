"""What administrators read: lists, choices, and the history of changes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, tuple_
from sqlalchemy.orm import aliased, joinedload

from portal.accounts.models import User
from portal.administration.models import AdministrationChange
from portal.categories.models import Category
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.organisation.models import Agency, Official
from portal.places.models import Area
from portal.places.rules import Level
from portal.routing.models import RoutingRule

PAGE = 50


def officials(
    *, wanted: str = "", agency_id: int | None = None, after: tuple[str, int] | None = None
) -> Sequence[Any]:
    """Rows of officials with their agency and account, by name; one more than a page shows."""
    rows = (
        db.select(
            Official.id,
            Official.name,
            Official.position,
            Official.email,
            Official.active_to,
            Agency.name.label("agency_name"),
            User.email.label("account"),
        )
        .join(Agency, Agency.id == Official.agency_id)
        .outerjoin(User, User.id == Official.user_id)
        .order_by(Official.name, Official.id)
        .limit(PAGE + 1)
    )
    if wanted:
        rows = rows.where(contains(wanted, Official.name, Official.position, Official.employee_number))
    if agency_id is not None:
        rows = rows.where(Official.agency_id == agency_id)
    if after is not None:
        rows = rows.where(tuple_(Official.name, Official.id) > after)
    return db.session.execute(rows).all()


def official(official_id: int) -> Official | None:
    """An official with agency, supervisor and areas."""
    return db.session.get(
        Official,
        official_id,
        options=[
            joinedload(Official.agency),
            joinedload(Official.supervisor),
            joinedload(Official.area_rows),
        ],
    )


def agencies() -> Sequence[Any]:
    """Rows of agencies with the number of their officials, those that still exist first."""
    return db.session.execute(
        db.select(
            Agency.id,
            Agency.code,
            Agency.name,
            Agency.kind,
            Agency.valid_from,
            Agency.valid_to,
            Agency.is_external,
            func.count(Official.id).label("official_count"),
        )
        .outerjoin(Official, Official.agency_id == Agency.id)
        .group_by(Agency.id)
        .order_by(Agency.valid_to.is_not(None), Agency.name)
    ).all()


def categories() -> Sequence[Category]:
    return db.session.scalars(
        db.select(Category).order_by(Category.is_active.desc(), Category.position, Category.code)
    ).all()


def is_sealed(category_code: str | None) -> bool:
    """Is it a category that is always confidential, whose rules name the team that reads?"""
    category = db.session.get(Category, category_code) if category_code else None
    return category is not None and category.category_class is CategoryClass.CONFIDENTIAL


def rules(*, category_code: str = "", agency_id: int | None = None) -> Sequence[Any]:
    """Rows of routing rules with the names of what they speak about."""
    rows = (
        db.select(
            RoutingRule.id,
            RoutingRule.priority,
            RoutingRule.verifies,
            RoutingRule.valid_from,
            RoutingRule.valid_to,
            Category.name_id,
            Category.name_en,
            Area.name.label("area_name"),
            Agency.name.label("agency_name"),
        )
        .join(Agency, Agency.id == RoutingRule.agency_id)
        .outerjoin(Category, Category.code == RoutingRule.category_code)
        .outerjoin(Area, Area.code == RoutingRule.area_code)
        .order_by(Category.position, RoutingRule.area_code, RoutingRule.priority.desc(), RoutingRule.id)
    )
    if category_code:
        rows = rows.where(RoutingRule.category_code == category_code)
    if agency_id is not None:
        rows = rows.where(RoutingRule.agency_id == agency_id)
    return db.session.execute(rows).all()


def areas() -> list[tuple[Any, list[Any]]]:
    """Each kecamatan with its kelurahan, by code."""
    rows = db.session.execute(
        db.select(
            Area.code, Area.name, Area.level, Area.parent_code, Area.south.is_not(None).label("is_drawn")
        )
        .where(Area.level != Level.CITY)
        .order_by(Area.code)
    ).all()
    return [
        (district, [row for row in rows if row.parent_code == district.code])
        for district in rows
        if district.level == Level.DISTRICT
    ]


def agency_choices() -> list[tuple[str, str]]:
    return _choices(db.select(Agency.id, Agency.name).order_by(Agency.name))


def official_choices(agency_id: int | None = None) -> list[tuple[str, str]]:
    """Officials as "name, agency"; of one agency by name alone."""
    if agency_id is not None:
        return _choices(
            db.select(Official.id, Official.name)
            .where(Official.agency_id == agency_id)
            .order_by(Official.name)
        )
    label = Official.name + ", " + Agency.name
    return _choices(db.select(Official.id, label).join(Agency).order_by(Official.name, Official.id))


def area_choices() -> list[tuple[str, str]]:
    """Every area; a kelurahan with its kecamatan, because names repeat."""
    parent = aliased(Area)
    rows = db.session.execute(
        db.select(Area.code, Area.name, Area.level, parent.name.label("parent_name"))
        .outerjoin(parent, parent.code == Area.parent_code)
        .order_by(Area.level != Level.CITY, Area.level != Level.DISTRICT, Area.name)
    )
    return [
        (row.code, f"{row.name}, {row.parent_name}" if row.level == Level.VILLAGE else row.name)
        for row in rows
    ]


def changes(
    *, kind: str | None = None, key: object = None, before_id: int | None = None, limit: int = PAGE
) -> Sequence[AdministrationChange]:
    """The history, latest first; of one thing when `kind` and `key` are given."""
    rows = db.select(AdministrationChange).options(
        joinedload(AdministrationChange.by).lazyload(User.role_rows)
    )
    if kind is not None:
        rows = rows.where(AdministrationChange.kind == kind)
    if key is not None:
        rows = rows.where(AdministrationChange.key == str(key))
    if before_id is not None:
        rows = rows.where(AdministrationChange.id < before_id)
    return db.session.scalars(rows.order_by(AdministrationChange.id.desc()).limit(limit)).all()


def _choices(rows: Select[Any]) -> list[tuple[str, str]]:
    return [(str(value), label) for value, label in db.session.execute(rows)]


def contains(wanted: str, *columns: Any) -> ColumnElement[bool]:
    pattern = "%" + wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return or_(*(column.ilike(pattern, escape="\\") for column in columns))
