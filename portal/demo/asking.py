"""What categories of the demo city ask, what people answered, and a suggestion that many stand behind."""

import tomllib
from collections import defaultdict
from datetime import datetime
from functools import cache
from random import Random
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from portal.categories.questions import rules
from portal.categories.questions.models import CategoryQuestion
from portal.categories.questions.rules import QuestionKind
from portal.db import db
from portal.demo.texts import DATA
from portal.reports import answers
from portal.reports.models import Report, ReportAnswer

ANSWERED = 0.7  # of the reports of a category that asks something that need not be answered
SEED = 20  # its own chance: the rest of the city stays as it is


@cache
def _asked() -> list[dict[str, Any]]:
    """The questions with what the demo's reporters answer."""
    found: list[dict[str, Any]] = tomllib.loads((DATA / "questions.toml").read_text("utf-8"))["question"]
    return found


def build() -> None:
    """The questions of the categories, in their order."""
    positions: dict[str, int] = defaultdict(int)
    for row in _asked():
        positions[row["category"]] += 1
        columns = {name: value for name, value in row.items() if name not in ("category", "answers")}
        db.session.add(
            CategoryQuestion(
                category_code=row["category"],
                position=positions[row["category"]],
                **{**columns, "kind": QuestionKind(row["kind"])},
            )
        )


def happen(at: datetime) -> None:
    """Give the reports of those categories answers, in two statements for all of them."""
    del at  # whatever was filed was answered when it was filed
    chance = Random(SEED)
    questions = _questions()
    reports = db.session.execute(
        select(Report.id, Report.category_code, Report.title).where(
            Report.category_code.in_(questions), Report.source == "web"
        )
    ).all()
    rows = [row for report in reports for row in _answers(chance, report.id, questions[report.category_code])]
    if rows:
        db.session.execute(insert(ReportAnswer), rows)
    _publish({report.id for report in reports if report.title}, rows)


def _questions() -> dict[str, list[tuple[CategoryQuestion, list[str]]]]:
    """By category, each question with what people say to it."""
    said = {(row["category"], row["label_id"]): row.get("answers", []) for row in _asked()}
    found: dict[str, list[tuple[CategoryQuestion, list[str]]]] = defaultdict(list)
    for question in db.session.scalars(select(CategoryQuestion).order_by(CategoryQuestion.position)):
        given = said.get((question.category_code, question.label_id), [])
        if given:
            found[question.category_code].append((question, given))
    return dict(found)


def _answers(
    chance: Random, report_id: int, asked: list[tuple[CategoryQuestion, list[str]]]
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for question, said in asked:
        if question.is_required or chance.random() < ANSWERED:
            rows.append(_row(report_id, len(rows), question, chance.choice(said)))
    return rows


def _row(report_id: int, position: int, question: CategoryQuestion, given: str) -> dict[str, Any]:
    words = rules.words(question.kind, given, question.choices, (question.unit_id, question.unit_en))
    return {
        "report_id": report_id,
        "question_id": question.id,
        "code": question.code,
        "position": position,
        "label_id": question.label_id,
        "label_en": question.label_en,
        "given": given,
        "answer_id": words.id,
        "answer_en": words.en,
    }


def _publish(published: set[int], rows: list[dict[str, Any]]) -> None:
    """What everybody may read of them, as publication leaves it."""
    shown: dict[int, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        if row["report_id"] in published:
            shown[row["report_id"]].append(answers.public(ReportAnswer(**row)))
    if shown:
        db.session.connection().execute(
            update(Report.__table__)
            .where(Report.__table__.c.id == bindparam("one"))
            .values(public_answers=bindparam("shown")),
            [{"one": report_id, "shown": told} for report_id, told in shown.items()],
        )
