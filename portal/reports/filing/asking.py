"""The questions of a kind and a category as one form: a field for each, named by its code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import Field, RadioField, StringField

from portal.categories.questions import labels, rules
from portal.categories.questions.rules import QuestionKind
from portal.forms import Form, choices, plain
from portal.reports.filing.question import Question as Page

Question = Any  # a category's question or one of the kind's: see categories.questions.rules.Asked


@dataclass(frozen=True)
class Shown:
    """A question as the page draws it: its field, its words, and what its box is told."""

    code: str
    field: Field
    hint: str
    is_required: bool
    attrs: dict[str, str]


def form(asked: Sequence[Question], answers: Mapping[str, str] | None = None) -> Form:
    """An empty form, or with `answers` in it. Photo questions are asked where photos are added."""
    fields = {question.code: _field(question) for question in _here(asked)}
    made: Form = type("QuestionsForm", (Page,), fields)(data=dict(answers or {}))
    return made


def given(typed: Form) -> dict[str, str]:
    """What was typed, by the code of the question; what was left empty is left out."""
    return {code: answer for code, answer in typed.values.items() if answer and code != "page"}


def fits(typed: Form, asked: Sequence[Question]) -> bool:
    """Does everything that was typed answer its question? What does not says so beside its field."""
    _clean, wrong = rules.check(asked, given(typed))
    questions = {question.code: question for question in asked}
    for code, problem in wrong.items():
        typed[code].errors = [labels.sentence(problem, questions[code])]
    return not wrong


def shown(typed: Form, asked: Sequence[Question]) -> list[Shown]:
    return [
        Shown(
            code=question.code,
            field=typed[question.code],
            hint=labels.own(question, "hint"),
            is_required=question.is_required,
            attrs=_attrs(question),
        )
        for question in _here(asked)
    ]


def _here(asked: Sequence[Question]) -> list[Question]:
    return [question for question in asked if question.kind is not QuestionKind.PHOTO]


def _field(question: Question) -> Any:
    label, unit = labels.own(question, "label"), labels.own(question, "unit")
    if question.kind is QuestionKind.CHOICE:
        return RadioField(label, choices=choices(labels.choices(question)), validate_choice=False)
    return StringField(f"{label} ({unit})" if unit else label, filters=[plain])


def _attrs(question: Question) -> dict[str, str]:
    """A phone shows its number pad for a number; nothing longer than what is kept can be typed."""
    if question.kind is QuestionKind.NUMBER:
        return {"inputmode": "numeric", "autocomplete": "off"}
    return {"maxlength": str(rules.TEXT_LENGTH)}
