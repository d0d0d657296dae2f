"""What waits for a resident: questions of the city, answers to judge, and what others wrote."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, Select, exists, func, literal, or_, select, union_all

from portal.accounts import policy as accounts
from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments.models import Assignment
from portal.assignments.rules import AssignmentState
from portal.db import db
from portal.deadlines.models import StageDeadline
from portal.forum.models import Thread, ThreadReader
from portal.forum.rules import thread_number
from portal.i18n import _, ngettext
from portal.pages.waiting.rules import Pressing, Wait
from portal.projects.ideas import labels as idea_labels
from portal.projects.ideas.models import Idea
from portal.reports import queries as reports
from portal.reports.models import Report, ReportContent
from portal.reports.rules import ReportState

SHOWN = 20  # of each origin; who has more finds them on the page of their own


def waits(user: User, at: datetime) -> Iterator[Wait]:
    if not accounts.has(user, Role.RESIDENT):
        return
    for row in db.session.execute(_own_matters(user)):
        yield _asked(row) if row.is_asked else _answered(row)
    if unread := db.session.scalar(_unread_threads(user)):
        yield Wait(
            ngettext(
                "Ada tulisan baru dalam %(num)s utas yang Anda ikuti.",
                "Ada tulisan baru dalam %(num)s utas yang Anda ikuti.",
                unread,
            ),
            url_for("forum.followed"),
            Pressing.NEWS,
        )


def _asked(row: Any) -> Wait:
    text = _("Petugas bertanya kepada Anda tentang “%(title)s”.", title=row.title)
    note = _("Hitungan waktunya berhenti sampai Anda menjawab.")
    return Wait(text, _address(row), Pressing.ASKED, note)


def _answered(row: Any) -> Wait:
    if row.origin == "idea":
        status = idea_labels.STATUS[row.status]
        text = _("Gagasan Anda “%(title)s” sudah diputuskan: %(status)s.", title=row.title, status=status)
    else:
        text = _("“%(title)s” sudah dijawab.", title=row.title)
    return Wait(
        text, _address(row), Pressing.SOON, _("Baca, lalu katakan apakah itu menyelesaikan masalahnya.")
    )


def _address(row: Any) -> str:
    """Where this person acts on what is theirs."""
    if row.origin == "report":
        return url_for("following.private", number=row.number)
    if row.origin == "idea":
        return url_for("ideas.own", number=f"I-{row.id}")
    number = thread_number(row.id)
    return url_for("forum.new_reply" if row.is_asked else "forum.verdict", number=number)


def _own_matters(user: User) -> Any:
    """Of reports, threads and ideas those whose author is asked something or was answered; one statement."""
    return union_all(*(part.limit(SHOWN).subquery().select() for part in _parts(user)))


def _parts(user: User) -> Iterator[Select[Any]]:
    asked = _stands(Report.verify_clock_id, Assignment.clock_id)
    answered = (Report.state == ReportState.ANSWERED) & Report.disputed_at.is_(None)
    yield (
        _matter("report", Report.id, Report.number, ReportContent.title, literal(""), asked)
        .select_from(Report)
        .join(ReportContent, ReportContent.report_id == Report.id)
        .outerjoin(Assignment, Assignment.id == Report.assignment_id)
        .where(Report.id.in_(reports.ids_of(user)), or_(answered, asked))
    )
    for origin, model, status in (("thread", Thread, literal("")), ("idea", Idea, Idea.status)):
        asked = _stands(Assignment.clock_id)
        judged = (Assignment.state == AssignmentState.ANSWERED) & Assignment.disputed_at.is_(None)
        yield (
            _matter(origin, model.id, literal(""), model.title, status, asked)
            .select_from(model)
            .join(Assignment, Assignment.id == model.assignment_id)
            .where(model.author_id == user.id, model.hidden_at.is_(None), or_(judged, asked))
        )


def _matter(origin: str, row_id: Any, number: Any, title: Any, status: Any, asked: Any) -> Select[Any]:
    return select(
        literal(origin).label("origin"),
        row_id.label("id"),
        number.label("number"),
        title.label("title"),
        status.label("status"),
        asked.label("is_asked"),
    )


def _stands(*clock_ids: Any) -> ColumnElement[bool]:
    """Does one of the clocks stand still until the resident replies?"""
    return exists().where(
        or_(*(StageDeadline.clock_id == clock_id for clock_id in clock_ids)),
        StageDeadline.is_open.is_(True),
        StageDeadline.is_paused.is_(True),
    )


def _unread_threads(user: User) -> Select[int]:
    """How many followed threads hold something that the person has not read."""
    return (
        select(func.count())
        .select_from(ThreadReader)
        .join(Thread, Thread.id == ThreadReader.thread_id)
        .where(
            ThreadReader.user_id == user.id,
            ThreadReader.is_following,
            Thread.hidden_at.is_(None),
            Thread.last_position > ThreadReader.read_position,
        )
    )
