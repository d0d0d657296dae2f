"""The three ways in which residents bring a matter to an official, each as its own feature does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from portal.accounts.models import User
from portal.assignments.models import Assignment
from portal.assignments.rules import Verdict
from portal.db import db
from portal.forum import services as forum
from portal.forum.models import Thread
from portal.projects.comments import services as comments
from portal.projects.ideas import duty as idea_duty
from portal.projects.ideas import services as ideas
from portal.projects.ideas.models import Idea
from portal.reports import services as reports
from portal.reports.models import Report
from portal.surveys import verdicts
from tests.builders import make_forum_category, make_project, make_thread, make_user
from tests.desk.conftest import NOW, City

TITLE = "Lampu jalan mati di Jalan Garu III"
TEXT = "Sudah empat malam jalan di depan mushala gelap."
REPLY = "Tiang nomor tujuh, di depan warung."
DOUBT = "Semalam lampunya padam lagi."


@dataclass(frozen=True)
class Origin:
    """`bring` puts the matter on the official's desk on Monday at nine; `reply` is what its author writes
    when asked, `judge` what they think of the answer. `answer` is what its form wants beside words."""

    name: str
    label: str
    bring: Callable[[City], Assignment]
    reply: Callable[[Assignment, datetime], object]
    judge: Callable[[Assignment, Verdict, datetime], object]
    answer: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name


def _report(city: City) -> Assignment:
    assignment = city.report(title=TITLE, body=TEXT).assignment
    assert assignment is not None
    return assignment


def _answer_report(assignment: Assignment, at: datetime) -> object:
    return reports.answer_question(_of(Report, assignment), body=REPLY, at=at)


def _judge_report(assignment: Assignment, verdict: Verdict, at: datetime) -> object:
    return reports.give_verdict(_of(Report, assignment), verdict=verdict, stars=None, comment=DOUBT, at=at)


def _thread(city: City) -> Assignment:
    thread = make_thread(
        make_forum_category(city.category), title=TITLE, body=TEXT, by=make_user(name="Ibu Rosmawati"), at=NOW
    )
    forum.ask(thread, reason="Banyak warga bertanya.", by=city.moderator, at=NOW)
    db.session.flush()
    return thread.assignment


def _answer_in_thread(assignment: Assignment, at: datetime) -> object:
    thread = _of(Thread, assignment)
    return forum.reply(thread, body=REPLY, by=db.session.get_one(User, thread.author_id), at=at)


def _idea(city: City) -> Assignment:
    project = make_project(official=city.official, category_code=city.category.code, at=NOW)
    idea = ideas.give(project, title=TITLE, body=TEXT, by=make_user(name="Ibu Rosmawati"), at=NOW)
    return idea_duty.owe_status(idea, at=NOW)


def _comment_on_idea(assignment: Assignment, at: datetime) -> object:
    idea = _of(Idea, assignment)
    return comments.write(idea.project, idea.subject, body=REPLY, by=idea.author, at=at)


def _judge(assignment: Assignment, verdict: Verdict, at: datetime) -> object:
    return verdicts.give(assignment, verdict=verdict, stars=None, comment=DOUBT, at=at)


def _of(model: type, assignment: Assignment):  # type: ignore[no-untyped-def]  # whichever model it is
    return db.session.scalars(db.select(model).filter_by(assignment_id=assignment.id)).one()


ORIGINS = (
    Origin("report", "Laporan", _report, _answer_report, _judge_report),
    Origin("thread", "Forum", _thread, _answer_in_thread, _judge),
    Origin("idea", "Gagasan", _idea, _comment_on_idea, _judge, {"outcome": "accepted"}),
)
