"""Which questions a category asks."""

from collections.abc import Sequence

from sqlalchemy import Select, select

from portal.categories.questions.models import CategoryQuestion
from portal.db import db


def of(category_code: str) -> Sequence[CategoryQuestion]:
    """The questions in force, in their order; none for most categories."""
    if not category_code:
        return []
    return db.session.scalars(_in_order(category_code).where(CategoryQuestion.retired_at.is_(None))).all()


def all_of(category_code: str) -> Sequence[CategoryQuestion]:
    """Those in force first, then the retired ones; for administrators."""
    return sorted(db.session.scalars(_in_order(category_code)), key=lambda one: one.retired_at is not None)


def _in_order(category_code: str) -> Select[CategoryQuestion]:
    return (
        select(CategoryQuestion)
        .filter_by(category_code=category_code)
        .order_by(CategoryQuestion.position, CategoryQuestion.id)
    )
