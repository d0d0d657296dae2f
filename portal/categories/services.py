"""Keep the categories."""

from portal.categories.models import Category
from portal.categories.rules import SIMILAR_RADIUS_M, CategoryClass
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l


def save_category(
    category: Category | None,
    *,
    code: str,
    name_id: str,
    name_en: str,
    description_id: str,
    description_en: str,
    group: str,
    category_class: CategoryClass,
    position: int,
    is_active: bool,
    similar_radius_m: int = SIMILAR_RADIUS_M,
) -> Category:
    """Add a category, or change one; its code stays, because figures and open data name it."""
    if category is None and db.session.get(Category, code) is not None:
        raise DomainError(_l("Kode ini sudah dipakai bidang lain."), field="code")
    category = category or Category(code=code)
    category.name_id, category.name_en = name_id.strip(), name_en.strip()
    category.description_id, category.description_en = description_id.strip(), description_en.strip()
    category.group, category.category_class = group, category_class
    category.position, category.is_active = position, is_active
    category.similar_radius_m = similar_radius_m
    db.session.add(category)
    db.session.flush()
    return category
