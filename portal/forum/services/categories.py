"""Arrange the categories."""

from datetime import datetime

from portal.db import db
from portal.errors import DomainError
from portal.forum.models import ForumCategory
from portal.forum.services import record
from portal.i18n import _l


def save_category(
    category: ForumCategory | None,
    *,
    slug: str,
    name_id: str,
    name_en: str,
    description_id: str,
    description_en: str,
    category_code: str | None,
    area_code: str | None,
    position: int,
    is_active: bool,
    at: datetime,
) -> ForumCategory:
    """Add a category, or change one: its address (`slug`) stays. A closed one takes no new threads."""
    if category is None:
        if db.session.scalar(db.select(ForumCategory).filter_by(slug=slug)):
            raise DomainError(_l("Alamat ini sudah dipakai kategori lain."), field="slug")
        category = ForumCategory(slug=slug)
        db.session.add(category)
    category.name_id, category.name_en = name_id, name_en
    category.description_id, category.description_en = description_id, description_en
    category.category_code, category.area_code = category_code, area_code
    category.position, category.is_active = position, is_active
    db.session.flush()
    record.write_category(category, "forum_category_saved", at=at)
    return category
