"""Keep what categories ask."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from portal.categories.models import Category
from portal.categories.questions import queries, rules
from portal.categories.questions.models import CategoryQuestion
from portal.categories.questions.rules import QuestionKind
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l


@dataclass(frozen=True, kw_only=True)
class QuestionValues:
    """A question as it is written; what its kind does not use is left out when it is saved."""

    kind: QuestionKind
    label_id: str
    label_en: str
    hint_id: str = ""
    hint_en: str = ""
    is_required: bool = False
    choices: list[list[str]] = field(default_factory=list)
    minimum: int | None = None
    maximum: int | None = None
    unit_id: str = ""
    unit_en: str = ""


def save(category: Category, question: CategoryQuestion | None, values: QuestionValues) -> CategoryQuestion:
    """Add a question after the others, or change one: what was answered to it before stays as it was asked.
    Raises DomainError at the field that does not fit."""
    _check(values)
    if question is None:
        _require_room(category)
        last = max((one.position for one in queries.of(category.code)), default=0)
        question = CategoryQuestion(category_code=category.code, position=last + 1)
        db.session.add(question)
    elif question.kind is not values.kind:
        raise DomainError(_l("Jenis pertanyaan tidak dapat diganti. Buat pertanyaan baru."), field="kind")
    is_number, is_choice = values.kind is QuestionKind.NUMBER, values.kind is QuestionKind.CHOICE
    question.kind, question.is_required = values.kind, values.is_required
    question.label_id, question.label_en = values.label_id.strip(), values.label_en.strip()
    question.hint_id, question.hint_en = values.hint_id.strip(), values.hint_en.strip()
    question.choices = values.choices if is_choice else []
    question.minimum = values.minimum if is_number else None
    question.maximum = values.maximum if is_number else None
    question.unit_id = values.unit_id.strip() if is_number else ""
    question.unit_en = values.unit_en.strip() if is_number else ""
    db.session.flush()
    return question


def move(question: CategoryQuestion, step: int) -> None:
    """One place earlier (-1) or later (+1) among those in force; the first and the last stay there."""
    asked = list(queries.of(question.category_code))
    if question not in asked or not 0 <= asked.index(question) + step < len(asked):
        return
    place = asked.index(question)
    asked.insert(place + step, asked.pop(place))
    _number(asked)


def retire(question: CategoryQuestion, *, at: datetime) -> None:
    """Ask it no more; what was answered stays."""
    if question.retired_at is None:
        question.retired_at = at


def revive(question: CategoryQuestion) -> None:
    """Ask it again, after the others."""
    if question.retired_at is None:
        return
    _require_room(question.category)
    asked = queries.of(question.category_code)
    question.retired_at = None
    _number([*asked, question])


def _number(asked: Sequence[CategoryQuestion]) -> None:
    for position, question in enumerate(asked, start=1):
        question.position = position


def _require_room(category: Category) -> None:
    if len(queries.of(category.code)) >= rules.MAX_QUESTIONS:
        raise DomainError(_l("Satu bidang bertanya paling banyak enam hal. Pensiunkan salah satunya dahulu."))


def _check(values: QuestionValues) -> None:
    if not values.label_id.strip() or not values.label_en.strip():
        raise DomainError(_l("Tulis pertanyaannya dalam kedua bahasa."), field="label_id")
    if values.kind is QuestionKind.CHOICE:
        _check_choices(values.choices)
    if (
        values.kind is QuestionKind.NUMBER
        and values.minimum is not None
        and values.maximum is not None
        and values.minimum > values.maximum
    ):
        raise DomainError(_l("Angka terkecil tidak boleh di atas yang terbesar."), field="maximum")


def _check_choices(choices: list[list[str]]) -> None:
    if not rules.MIN_CHOICES <= len(choices) <= rules.MAX_CHOICES:
        raise DomainError(_l("Tulis dua sampai dua belas pilihan, satu per baris."), field="choices")
    if any(len(words) > rules.CHOICE_LENGTH for pair in choices for words in pair):
        raise DomainError(_l("Satu pilihan paling panjang 80 huruf."), field="choices")
    if len({own for own, _other in choices}) < len(choices):
        raise DomainError(_l("Setiap pilihan hanya ditulis sekali."), field="choices")
