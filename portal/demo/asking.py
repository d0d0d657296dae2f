"""What categories of the demo city ask, what people answered, and a suggestion that many stand behind."""

import tomllib
from collections import defaultdict
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from sqlalchemy import insert, select, update

from portal.accounts.models import User, UserRole
from portal.accounts.rules import Role
from portal.assignments import services as assignments
from portal.assignments.rules import ResponseKind
from portal.categories.questions import rules
from portal.categories.questions.models import CategoryQuestion
from portal.categories.questions.rules import QuestionKind
from portal.db import db
from portal.demo.texts import DATA
from portal.reports import answers, services
from portal.reports.models import CarriedSuggestion, Report, ReportAnswer, Supporter
from portal.reports.rules import ReportKind, ReportState

ANSWERED = 0.7  # of the reports of a category that asks something that need not be answered
LEAST_AGE_DAYS = 7  # so that supporters had time to come
ANSWER = (
    "Usul ini kami terima. Survei lapangan dilakukan dua minggu lagi, dan biayanya kami masukkan ke anggaran "
    "perubahan tahun ini. Terima kasih kepada semua warga yang mendukungnya."
)
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
    """Give the reports of those categories answers, and let many stand behind three suggestions."""
    _answer(Random(SEED))
    _support(at)


def _answer(chance: Random) -> None:
    """In two statements for all reports."""
    questions = _questions()
    reports = db.session.execute(
        select(Report.id, Report.category_code, Report.title).where(
            Report.category_code.in_(questions),
            Report.kind == ReportKind.COMPLAINT,
            Report.source == "web",
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
        db.session.execute(
            update(Report),
            [{"id": report_id, "public_answers": told} for report_id, told in shown.items()],
        )


def _support(at: datetime) -> None:
    """One suggestion waits for the head's answer, one has it, one is halfway there."""
    found = db.session.scalars(
        select(Report)
        .where(
            Report.kind == ReportKind.SUGGESTION,
            Report.state.in_((ReportState.OPEN, ReportState.ANSWERED)),
            Report.title != "",
            Report.verified_at < at - timedelta(days=LEAST_AGE_DAYS),
        )
        .order_by(Report.verified_at.desc(), Report.id)
        .limit(3)
    ).all()
    for report, (days_ago, goal) in zip(found, ((2, 31), (6, 40), (1, 12)), strict=False):
        _stand_behind(report, goal, at - timedelta(days=days_ago))
    if len(found) > 1:
        _let_head_answer(found[1], at)


def _stand_behind(report: Report, goal: int, at: datetime) -> None:
    """The last supporter comes through the service, as they all do in the living city."""
    there = select(Supporter.user_id).where(Supporter.report_id == report.id)
    people = db.session.scalars(
        select(User)
        .where(User.id.not_in(there), User.id != (report.reporter.user_id or 0), User.id.in_(_residents()))
        .order_by(User.id)
        .limit(max(goal - report.supporter_count, 1))
    ).all()
    *most, last = people
    rows = [{"report_id": report.id, "user_id": one.id, "is_affected": True, "at": at} for one in most]
    if rows:
        db.session.execute(insert(Supporter), rows)
    report.supporter_count += len(rows)
    db.session.flush()
    services.support(report, by=last, at=at)


def _residents() -> Any:
    return select(UserRole.user_id).where(UserRole.role == Role.RESIDENT)


def _let_head_answer(report: Report, at: datetime) -> None:
    carried = db.session.get(CarriedSuggestion, report.id)
    duty = carried.assignment if carried else None
    by = db.session.get(User, duty.official.user_id) if duty and duty.official else None
    if duty is not None and by is not None:
        said = at - timedelta(days=3)
        assignments.respond(duty, kind=ResponseKind.ANSWER, body=ANSWER, by=by, at=said)
