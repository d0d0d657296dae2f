"""What people thought of an answer."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Model


class Rating(Model):
    """The resident's verdict on one closure: solved or not, 1 to 5, and a word. Asked once per closure."""

    __tablename__ = "ratings"
    __table_args__ = (CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"), index=True)
    closure: Mapped[int]  # 1 for the first closure, 2 after a reopening
    is_solved: Mapped[bool]
    stars: Mapped[int | None]
    comment: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
