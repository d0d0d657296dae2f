"""What a matter can be about."""

from sqlalchemy.orm import Mapped, mapped_column

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
