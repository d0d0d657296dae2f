"""What was answered to the questions of the kind and of the category, kept as it was asked."""

from collections.abc import Iterable, Mapping
from typing import Any

from portal.categories.questions import labels, queries, rules
from portal.categories.questions.models import CategoryQuestion
from portal.reports import kind_questions
from portal.reports.masking import mask
from portal.reports.models import Report, ReportAnswer
from portal.reports.rules import ReportKind


def asked(kind: ReportKind, category_code: str, given: Mapping[str, str]) -> list[Any]:
    """Every question to whoever files this, in their order: a category asks about what went wrong, so it
    asks complaints alone. `given` says whether a request is formal."""
    own = kind_questions.of(kind, is_formal=kind_questions.is_formal(kind, given))
    return [*own, *(queries.of(category_code) if kind is ReportKind.COMPLAINT else [])]


def rows(questions: Iterable[Any], given: Mapping[str, str]) -> list[ReportAnswer]:
    """What is stored with a report: each answer that fits, with its question in today's words."""
    questions = list(questions)
    clean, _wrong = rules.check(questions, given)
    answered = [question for question in questions if question.code in clean]
    return [_row(question, clean[question.code], place) for place, question in enumerate(answered)]


def published(report: Report) -> list[dict[str, str]] | None:
    """What everybody may read of a report's answers: masked, None when nothing was answered."""
    return [public(answer) for answer in report.content.answers] or None


def facts(answers: Iterable[Any]) -> list[tuple[str, str]]:
    """Questions with their answers as given, in the language of the page; for handlers and the reporter.
    Takes whatever has the columns of an answer."""
    return [(labels.own(one, "label"), labels.own(one, "answer")) for one in answers]


def public_facts(report: Report) -> list[tuple[str, str]]:
    """The same for everybody."""
    language = labels.language()
    return [(one[f"label_{language}"], one[f"answer_{language}"]) for one in report.public_answers or []]


def sentence(pairs: Iterable[tuple[str, str]]) -> str:
    """Questions and answers in one text, for a cell of a table."""
    return "; ".join(f"{question} {answer}" for question, answer in pairs)


def _row(question: Any, answer: str, position: int) -> ReportAnswer:
    unit = (question.unit_id, question.unit_en)
    words = rules.words(question.kind, answer, question.choices, unit)
    return ReportAnswer(
        question_id=question.id if isinstance(question, CategoryQuestion) else None,
        code=question.code,
        position=position,
        label_id=question.label_id,
        label_en=question.label_en,
        given=answer,
        answer_id=words.id,
        answer_en=words.en,
    )


def public(answer: ReportAnswer) -> dict[str, str]:
    """One answer as everybody may read it, with its question in both languages."""
    return {
        "code": answer.code,
        "label_id": answer.label_id,
        "label_en": answer.label_en,
        "answer_id": mask(answer.answer_id).text,
        "answer_en": mask(answer.answer_en).text,
    }
