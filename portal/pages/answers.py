"""What the city answered last, wherever it was asked: reports, threads and ideas in one list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import Row, Select, literal, select, union_all

from portal.assignments.models import Assignment
from portal.db import db
from portal.forum.models import Thread
from portal.forum.rules import thread_number
from portal.i18n import _, _l
from portal.organisation.models import Agency
from portal.projects.ideas import labels as idea_labels
from portal.projects.ideas.models import Idea
from portal.projects.ideas.rules import IdeaStatus
from portal.reports.models import Report
from portal.statistics import words

ORIGINS = {"report": _l("Laporan"), "thread": _l("Forum"), "idea": _l("Gagasan")}


@dataclass(frozen=True)
class Answer:
    """An answered matter, and what came of it in a few words."""

    title: str
    url: str
    meta: list[str]
    outcome: str


def latest(limit: int) -> list[Answer]:
    """The matters that were answered last, newest first; one statement, the same at any size."""
    return [_answer(row) for row in _rows(limit)]


def _rows(limit: int) -> Sequence[Row[Any]]:
    of_each = union_all(
        *(part.limit(limit).subquery().select() for part in (_reports(), _threads(), _ideas()))
    ).subquery()
    newest = (
        select(of_each, Agency.name.label("agency"))
        .outerjoin(Agency, Agency.id == of_each.c.agency_id)
        .order_by(of_each.c.answered_at.desc())
    )
    return db.session.execute(newest.limit(limit)).all()


def _reports() -> Select[Any]:
    """Published ones, by their first answer."""
    return (
        _columns(
            "report", Report, Report.number, Report.received_at, Report.first_response_at, Report.agency_id
        )
        .where(Report.first_response_at.is_not(None), Report.is_confidential.is_(False), Report.title != "")
        .order_by(Report.first_response_at.desc())
    )


def _threads() -> Select[Any]:
    return (
        _columns("thread", Thread, literal(""), Thread.asked_at, Thread.answered_at, Assignment.agency_id)
        .join(Assignment, Assignment.id == Thread.assignment_id)
        .where(Thread.answered_at.is_not(None), Thread.hidden_at.is_(None))
        .order_by(Thread.answered_at.desc())
    )


def _ideas() -> Select[Any]:
    return (
        _columns("idea", Idea, Idea.status, Assignment.received_at, Idea.status_at, Assignment.agency_id)
        .join(Assignment, Assignment.id == Idea.assignment_id)
        .where(Idea.status_at.is_not(None), Idea.hidden_at.is_(None), Idea.withdrawn_at.is_(None))
        .order_by(Idea.status_at.desc())
    )


def _columns(
    origin: str, model: Any, mark: Any, asked_at: Any, answered_at: Any, agency_id: Any
) -> Select[Any]:
    """`mark` is the number of a report, the status of an idea."""
    return select(
        literal(origin).label("origin"),
        model.id.label("id"),
        model.title.label("title"),
        mark.label("mark"),
        asked_at.label("asked_at"),
        answered_at.label("answered_at"),
        agency_id.label("agency_id"),
    )


def _answer(row: Any) -> Answer:
    meta = [str(ORIGINS[row.origin]), row.agency or ""]
    return Answer(row.title, _address(row), [part for part in meta if part], _outcome(row))


def _address(row: Any) -> str:
    if row.origin == "report":
        return url_for("reports.show", number=row.mark)
    if row.origin == "thread":
        return url_for("forum.show", number=thread_number(row.id))
    return url_for("ideas.show", number=f"I-{row.id}")


def _outcome(row: Any) -> str:
    """An idea says what became of it; what was asked says how long it waited."""
    if row.origin == "idea":
        return str(idea_labels.STATUS[IdeaStatus(row.mark)])
    return _("dijawab dalam %(time)s", time=words.spoken((row.answered_at - row.asked_at).total_seconds()))
