"""What a matter can be about."""

from sqlalchemy.orm import Mapped, mapped_column

from portal.categories import rules
from portal.categories.rules import CategoryClass
from portal.db import Model


class Category(Model):
    """A field of matters in two languages. `group` is the coarse name under which cases are published."""

    __tablename__ = "categories"

    code: Mapped[str] = mapped_column(primary_key=True)
    name_id: Mapped[str]
    name_en: Mapped[str]
    description_id: Mapped[str] = mapped_column(default="")
    description_en: Mapped[str] = mapped_column(default="")
    group: Mapped[str] = mapped_column(default="other")
    category_class: Mapped[CategoryClass] = mapped_column(default=CategoryClass.ORDINARY)
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)
    # Metres within which two reports of it may be the same matter.
    similar_radius_m: Mapped[int] = mapped_column(
        default=rules.SIMILAR_RADIUS_M, server_default=str(rules.SIMILAR_RADIUS_M)
    )
