"""Which outside bodies there are, and whose a category is."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from portal.categories.models import Category
from portal.db import db
from portal.organisation.models import Agency, AgencyCategory
from portal.organisation.queries import valid_on

PAGE = 50
LONGEST_QUESTION = 100  # letters; SQLite refuses patterns of many kilobytes


def outside(day: date) -> ColumnElement[bool]:
    """A body outside the city government that exists on that day."""
    return Agency.is_external.is_(True) & valid_on(day)


def choices(day: date) -> Sequence[Agency]:
    """All of them by name, for a form to choose from."""
    return db.session.scalars(select(Agency).where(outside(day)).order_by(Agency.name)).all()


def listed(
    day: date,
    *,
    wanted: str = "",
    letter: str = "",
    category: str = "",
    after: tuple[str, int] | None = None,
) -> Sequence[Agency]:
    """A page of the directory by name, with channels; one more than a page shows.

    `wanted` looks into names, what they answer for and the names of their categories.
    """
    statement = _with_channels(select(Agency).where(outside(day)))
    if wanted:
        statement = statement.where(_speaks_of(wanted))
    if letter:
        statement = statement.where(func.upper(func.substr(Agency.name, 1, 1)) == letter)
    if category:
        statement = statement.where(Agency.id.in_(_bodies_of(category)))
    if after is not None:
        statement = statement.where(tuple_(Agency.name, Agency.id) > after)
    return db.session.scalars(statement.order_by(Agency.name, Agency.id).limit(PAGE + 1)).all()


def letters(day: date) -> list[str]:
    """The first letters that lead anywhere."""
    first = func.upper(func.substr(Agency.name, 1, 1))
    return list(db.session.scalars(select(first).where(outside(day)).distinct().order_by(first)))


def categories(day: date) -> Sequence[Category]:
    """Categories that belong to any of them."""
    bodies = select(AgencyCategory.category_code).join(Agency).where(outside(day))
    return db.session.scalars(
        select(Category).where(Category.code.in_(bodies)).order_by(Category.position, Category.code)
    ).all()


def neighbours(day: date) -> Sequence[Agency]:
    """The governments of the regions next to the city, with their channels, by the region's name."""
    return (
        db.session.scalars(
            select(Agency)
            .where(outside(day), Agency.neighbouring_region != "")
            .options(joinedload(Agency.channels))
            .order_by(Agency.neighbouring_region, Agency.id)
        )
        .unique()
        .all()
    )


def by_code(code: str) -> Agency | None:
    """One body with its channels, also one that no longer exists; None when it is none of them."""
    found: Agency | None = db.session.scalar(
        _with_channels(select(Agency).where(Agency.code == code, Agency.is_external.is_(True)))
    )
    return found


def categories_of(agency_id: int) -> Sequence[Category]:
    return db.session.scalars(
        select(Category)
        .join(AgencyCategory, AgencyCategory.category_code == Category.code)
        .where(AgencyCategory.agency_id == agency_id)
        .order_by(Category.position, Category.code)
    ).all()


def _bodies_of(category: str) -> Select[int]:
    return select(AgencyCategory.agency_id).where(AgencyCategory.category_code == category)


def _with_channels(statement: Select[Any]) -> Select[Any]:
    return statement.options(selectinload(Agency.channels))


def _speaks_of(wanted: str) -> ColumnElement[bool]:
    typed = wanted.strip().lower()[:LONGEST_QUESTION]
    named = (
        select(AgencyCategory.agency_id)
        .join(Category, Category.code == AgencyCategory.category_code)
        .where(or_(_contains(Category.name_id, typed), _contains(Category.name_en, typed)))
    )
    return or_(_contains(Agency.name, typed), _contains(Agency.covers, typed), Agency.id.in_(named))


def _contains(column: Any, typed: str) -> ColumnElement[bool]:
    return func.lower(column).contains(typed, autoescape=True)
