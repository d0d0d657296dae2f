"""Attacks in what categories ask, and in what is answered to them."""

from typing import Any

from portal.accounts.rules import Role
from portal.administration import services
from portal.assignments.rules import ResponseKind
from portal.categories.questions.rules import QuestionKind
from portal.categories.questions.services import QuestionValues
from portal.db import db
from portal.reports.models import CarriedSuggestion
from portal.reports.rules import ReportKind
from portal.reports.services import carrying
from tests.builders import MONDAY, make_report


def write_questions(hall: Any) -> None:
    """A question of each kind with answers, and the answer that a suggestion with supporters is owed."""
    ink, by = hall.ink, hall.people[Role.ADMINISTRATOR]
    given = {}
    for kind in QuestionKind:
        pairs = [[ink.line(80), ink.line(80)] for _ in range(2)]
        values = QuestionValues(
            kind=kind,
            label_id=ink.line(120),
            label_en=ink.line(120),
            hint_id=ink.line(200),
            hint_en=ink.line(200),
            choices=pairs,
            unit_id=ink.line(40),
            unit_en=ink.line(40),
        )
        question = services.save_question(hall.category, None, values, by=by, at=MONDAY)
        given[question.code] = {"choice": pairs[0][0], "number": "7"}.get(kind, ink.line(300))
    make_report(hall.category, by=hall.resident, title=ink.line(120), answers=given)
    gain = {"gain": ink.line(300)}
    report = make_report(hall.category, by=hall.resident, kind=ReportKind.SUGGESTION, answers=gain)
    carrying.owe(report, at=MONDAY)
    carried = db.session.get_one(CarriedSuggestion, report.id)
    hall.answer(carried.assignment, ResponseKind.ANSWER)
