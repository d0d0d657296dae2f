"""A question of a category, for the tests that walk all routes."""

from typing import Any

from portal.categories.models import Category
from portal.categories.questions.models import CategoryQuestion
from portal.categories.questions.rules import QuestionKind
from portal.db import db

OF_QUESTION = ("question", "update_question", "move_question", "retire_question", "revive_question")


def parts(category: Category) -> dict[str, dict[str, Any]]:
    question = CategoryQuestion(
        category_code=category.code, kind=QuestionKind.TEXT, label_id="Apa?", label_en="What?", position=1
    )
    db.session.add(question)
    db.session.flush()
    return {
        f"administration.{name}": {"code": category.code, "question_id": question.id} for name in OF_QUESTION
    }
