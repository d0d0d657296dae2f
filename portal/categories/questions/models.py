"""What a category asks."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.categories.models import Category
from portal.categories.questions.rules import QuestionKind
from portal.db import Model


class CategoryQuestion(Model):
    """A question of a category in both languages. A retired one is asked no more and stays, because
    answers name it; how it was asked stands with each answer."""

    __tablename__ = "category_questions"
    __table_args__ = (
        CheckConstraint("minimum <= maximum", name="bounds_in_order"),
        Index("ix_category_questions_category_code_position", "category_code", "position", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    category_code: Mapped[str] = mapped_column(ForeignKey("categories.code"))
    kind: Mapped[QuestionKind]
    label_id: Mapped[str]
    label_en: Mapped[str]
    hint_id: Mapped[str] = mapped_column(default="")
    hint_en: Mapped[str] = mapped_column(default="")
    is_required: Mapped[bool] = mapped_column(default=False)
    choices: Mapped[list[list[str]]] = mapped_column(
        JSON, default=list
    )  # pairs of words, Indonesian and English
    minimum: Mapped[int | None]
    maximum: Mapped[int | None]
    unit_id: Mapped[str] = mapped_column(default="")
    unit_en: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None]

    category: Mapped[Category] = relationship()

    @property
    def code(self) -> str:
        """What names its answer in forms, drafts and for other machines."""
        return f"q{self.id}"
