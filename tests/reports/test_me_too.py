"""Whoever has the same matter gets what the reporter gets: the news, the due times, and a say."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from portal.accounts.models import User
from portal.assignments import services as assignments
from portal.assignments.rules import ResponseKind, Verdict
from portal.db import db
from portal.deadlines.hooks import Cause, CauseKind, Move, Moved
from portal.deadlines.rules.stages import Stage
from portal.ledger import queries as ledger
from portal.notifications.models import Notification
from portal.reports import services
from portal.reports.models import Report
from portal.reports.services import letters
from tests.builders import MONDAY, make_report, make_user
from tests.reports.conftest import City
from tests.support.client import CheckingClient

LATER = MONDAY + timedelta(days=1)


@pytest.fixture
def neighbour(city: City) -> User:
    return make_user()


@pytest.fixture
def report(city: City, neighbour: User) -> Report:
    made = make_report(city.lights, title="Lampu jalan mati")
    services.support(made, by=neighbour, at=MONDAY)
    return made


def told(user: User) -> dict[str, Notification]:
    return {one.kind: one for one in db.session.scalars(db.select(Notification).filter_by(user_id=user.id))}


def answered(report: Report, city: City) -> None:
    by = db.session.get(User, city.official.user_id)
    assignments.respond(report.assignment, kind=ResponseKind.ANSWER, body="Sudah diganti.", by=by, at=LATER)


def test_an_answer_asks_them_to_rate_and_only_them(report: Report, city: City, neighbour: User) -> None:
    onlooker = make_user()
    services.follow(report, by=onlooker, at=MONDAY)

    answered(report, city)

    theirs, his = told(neighbour)["followed_report_answered"], told(onlooker)["followed_report_answered"]
    assert theirs.path == f"/reports/{report.number}/rating"
    assert "penilaian Anda dihitung juga" in theirs.body
    assert his.path == f"/reports/{report.number}"
    assert "penilaian Anda" not in his.body


def test_they_may_rate_the_answer(
    report: Report, city: City, neighbour: User, login: Callable[[User], CheckingClient]
) -> None:
    answered(report, city)

    page = login(neighbour).get(f"/reports/{report.number}/rating")

    assert page.status_code == 200


def test_they_hear_of_moved_due_times(report: Report, neighbour: User) -> None:
    moved = Moved(1, (Move(Stage.RESOLVE, None, LATER),), Cause(CauseKind.CALENDAR, 2))

    letters.tell_moved(report, moved, at=LATER)

    assert "Tenggat" in told(neighbour)["followed_report_moved"].subject


@pytest.mark.parametrize(
    ("verdict", "letter"),
    [(Verdict.NOT, "followed_report_reopened"), (Verdict.SOLVED, "followed_report_closed")],
)
def test_they_hear_what_became_of_it(
    report: Report, city: City, neighbour: User, verdict: Verdict, letter: str
) -> None:
    answered(report, city)

    services.give_verdict(report, verdict=verdict, stars=3, comment="", at=LATER)

    assert report.number in told(neighbour)[letter].subject


def test_the_public_page_shows_the_new_count_at_once(report: Report, neighbour: User) -> None:
    services.unfollow(report, by=neighbour, at=LATER)

    counted = [
        one.details["count"]
        for one in ledger.events_of(f"report:{report.number}")
        if one.kind == "supporters_counted"
    ]
    assert counted == [1, 0]
