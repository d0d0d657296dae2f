"""What waits for whom, the most pressing first."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments import extensions
from portal.assignments import services as assignments
from portal.assignments.rules import ResponseKind
from portal.categories.models import Category
from portal.db import db
from portal.deadlines.rules.stages import Stage
from portal.forum import services as forum
from portal.jobs.models import Job
from portal.jobs.rules import JobState
from portal.moderation import services as moderation
from portal.moderation import targets
from portal.moderation.rules import Reason
from portal.organisation.models import Official
from portal.organisation.rules import Rank
from portal.projects.ideas import duty
from portal.projects.ideas.rules import IdeaStatus
from portal.reports.models import Report
from tests.assignments.duties import officer, seed_calendars
from tests.builders import (
    MONDAY,
    make_category,
    make_idea,
    make_post,
    make_report,
    make_routing_rule,
    make_thread,
    make_user,
)
from tests.support.client import CheckingClient

Login = Callable[[User], CheckingClient]
Count = Callable[[], Any]


@pytest.fixture
def now(app: Flask) -> Iterator[time_machine.Traveller]:
    """The pages are read on the Monday that everything happens on."""
    seed_calendars()
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def official(now: time_machine.Traveller) -> Official:
    """An official below a supervisor, both with accounts."""
    _boss, leader = officer(None, Role.SUPERVISOR, name="Kepala Bidang", rank=Rank.SUPERVISOR)
    _user, official = officer(leader.agency, supervisor_id=leader.id, name="Rahmat Siregar")
    return official


@pytest.fixture
def roads(official: Official) -> Category:
    """A category whose reports go to that official at once."""
    category = make_category()
    make_routing_rule(category, official.agency)
    return category


def account_of(official: Official | None) -> User:
    assert official is not None
    return db.session.get_one(User, official.user_id)


def respond(report: Report, official: Official, kind: ResponseKind) -> None:
    assert report.assignment is not None
    assignments.respond(
        report.assignment, kind=kind, body="Di sebelah mana?", by=account_of(official), at=MONDAY
    )


def test_nothing_to_do_leads_on(now: time_machine.Traveller, login: Login) -> None:
    page = login(make_user()).get("/today").text

    assert "Tidak ada yang menunggu Anda" in page
    assert 'href="/reports/new"' in page


def test_a_question_of_the_city_waits_for_the_resident(
    roads: Category, official: Official, login: Login
) -> None:
    asker, other = make_user(), make_user()
    asked, answered = (make_report(roads, by=by, title="Lubang") for by in (asker, other))
    respond(asked, official, ResponseKind.QUESTION)
    respond(answered, official, ResponseKind.ANSWER)

    first = login(asker).get("/today").text
    second = login(other).get("/today").text

    assert "Petugas bertanya kepada Anda tentang “Lubang”." in first
    assert f"/reports/{asked.number}/private" in first
    assert "“Lubang” sudah dijawab." in second


def test_what_somebody_else_is_asked_waits_for_nobody_else(
    roads: Category, official: Official, login: Login
) -> None:
    report = make_report(roads, by=make_user(), title="Lubang")
    respond(report, official, ResponseKind.QUESTION)

    assert "Lubang" not in login(make_user()).get("/today").text


def test_new_posts_of_followed_threads_wait(now: time_machine.Traveller, login: Login) -> None:
    reader = make_user()
    thread = make_thread(by=reader)
    make_post(thread)

    page = login(reader).get("/today").text

    assert "Ada tulisan baru dalam 1 utas yang Anda ikuti." in page


def test_what_became_of_an_idea_waits_for_its_author_and_stands_at_the_front_door(
    now: time_machine.Traveller, login: Login
) -> None:
    author = make_user()
    idea = make_idea(by=author, title="Bangku di kolam")
    later = MONDAY + timedelta(days=9)  # collecting is over
    now.move_to(later)
    duty.owe_statuses(later)
    assert idea.assignment is not None
    assignments.respond(
        idea.assignment,
        kind=ResponseKind.ANSWER,
        outcome=IdeaStatus.PARTLY,
        body="Enam bangku masuk denah.",
        by=make_user(Role.OFFICIAL),
        at=later,
    )

    own = login(author).get("/today").text
    front = login(make_user()).get("/").text

    assert "Gagasan Anda “Bangku di kolam” sudah diputuskan: Diterima sebagian." in own
    assert f'href="/ideas/{idea.number}/own"' in own
    assert "Diterima sebagian" in front


def test_officials_read_what_is_late_before_what_is_due(
    roads: Category, official: Official, login: Login, now: time_machine.Traveller
) -> None:
    make_report(roads)
    make_report(roads, at=MONDAY + timedelta(days=9))
    now.move_to(MONDAY + timedelta(days=10))

    page = login(account_of(official)).get("/today").text

    assert "1 tugas sudah lewat tenggat." in page
    assert "Laporan: 1" in page
    assert 'href="/desk?state=overdue"' in page


def test_wishes_for_more_time_wait_for_the_supervisor(
    roads: Category, official: Official, login: Login
) -> None:
    report = make_report(roads)
    assert report.assignment is not None
    extensions.ask(
        report.assignment,
        stage=Stage.RESOLVE,
        days=3,
        reason="Menunggu bahan.",
        by=account_of(official),
        at=MONDAY,
    )

    page = login(account_of(official.supervisor)).get("/today").text

    assert "1 permintaan perpanjangan tenggat menunggu keputusan Anda." in page


def test_everything_that_moderators_look_after_waits_in_one_place(
    now: time_machine.Traveller, login: Login
) -> None:
    make_report(make_category())
    thread = make_thread()
    flagged = targets.find_or_404(thread.subject)
    moderation.flag(flagged, reason=Reason.SPAM, note="", by=make_user(), at=MONDAY)
    forum.ask(thread, reason="Penting.", by=make_user(Role.MODERATOR), at=MONDAY)

    page = login(make_user(Role.MODERATOR)).get("/today").text

    assert "1 laporan menunggu verifikasi." in page
    assert "1 tulisan ditandai warga dan menunggu keputusan." in page
    assert "1 pertanyaan forum belum punya dinas." in page


def test_given_up_work_waits_for_the_administrator(now: time_machine.Traveller, login: Login) -> None:
    db.session.add(Job(name="trial", payload={}, state=JobState.DEAD, run_at=MONDAY, created_at=MONDAY))

    page = login(make_user(Role.ADMINISTRATOR)).get("/today").text

    assert "1 pekerjaan gagal berulang kali" in page


@pytest.mark.parametrize("role", Role)
def test_each_role_learns_what_waits_at_the_same_cost(
    roads: Category, official: Official, login: Login, count_sql: Count, role: Role
) -> None:
    user = make_user(role)
    for _ in range(3):
        make_report(roads, by=user)
        make_thread(by=user)
        make_idea(by=user)
    client = login(user)

    with count_sql() as statements:
        client.get("/today")

    assert len(statements) <= 8
