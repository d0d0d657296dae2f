"""The front door: the latest answers, the kept figures, and the way to a number."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments import services as assignments
from portal.assignments.models import Assignment
from portal.assignments.rules import ResponseKind
from portal.categories.models import Category
from portal.db import db
from portal.deadlines import importers
from portal.forum import services as forum
from portal.statistics import jobs as statistics
from tests.builders import (
    MONDAY,
    make_agency,
    make_category,
    make_forum_category,
    make_official,
    make_project,
    make_report,
    make_routing_rule,
    make_thread,
    make_user,
)
from tests.support.client import CheckingClient


@pytest.fixture
def lights(app: Flask) -> Category:
    """A category whose reports are routed at once."""
    importers.seed(zone="Asia/Jakarta", at=MONDAY)
    agency = make_agency(name="Dinas Perhubungan")
    make_official(agency, user_id=make_user().id)
    category = make_category(name_id="Lampu jalan")
    make_routing_rule(category, agency)
    return category


def answer(category: Category, title: str, hours: int) -> None:
    report = make_report(category, title=title)
    respond(report.assignment, hours)


def respond(assignment: Assignment | None, hours: int) -> None:
    assert assignment is not None
    assert assignment.official is not None
    by = db.session.get_one(User, assignment.official.user_id)
    assignments.respond(
        assignment, kind=ResponseKind.ANSWER, body="Sudah.", by=by, at=MONDAY + timedelta(hours=hours)
    )


def test_the_latest_answers_say_how_long_they_took(client: CheckingClient, lights: Category) -> None:
    answer(lights, "Lampu Garu", hours=5)
    answer(lights, "Lampu Amplas", hours=7)

    page = client.get("/").text

    assert page.index("Lampu Amplas") < page.index("Lampu Garu")
    assert "dijawab dalam 5 jam" in page


def test_an_empty_city_leads_on(client: CheckingClient, lights: Category) -> None:
    page = client.get("/").text

    for empty in ("Belum ada rencana yang terbuka", "Belum ada utas", "Belum ada jawaban"):
        assert empty in page
    assert "Angkanya tampil begitu laporan pertama dihitung" in page


def test_figures_are_the_kept_ones(client: CheckingClient, lights: Category) -> None:
    for serial in range(12):
        answer(lights, f"Lampu {serial}", hours=3)
    statistics.refresh(MONDAY + timedelta(days=1))

    assert "3 jam" in client.get("/").text


def test_it_shows_what_can_be_planned_now_and_until_when(client: CheckingClient, lights: Category) -> None:
    with time_machine.travel(MONDAY, tick=False):
        project = make_project(title="Taman Amplas")
        page = client.get("/").text

    assert "Taman Amplas" in page
    assert "sampai 23 Nov" in page
    assert f'href="/projects/{project.slug}/ideas"' in page


def test_it_shows_what_is_talked_about(client: CheckingClient, lights: Category) -> None:
    thread = make_thread(title="Angkot 64 jarang lewat")
    hidden = make_thread(title="Kata yang kasar")
    forum.hide(hidden, at=MONDAY)

    page = client.get("/").text

    assert f'href="/forum/{thread.number}"' in page
    assert "Kata yang kasar" not in page


def test_answers_from_every_room_stand_in_one_list(client: CheckingClient, lights: Category) -> None:
    answer(lights, "Lampu Garu", hours=5)
    thread = make_thread(make_forum_category(lights), title="Lampu taman")
    forum.ask(thread, reason="Penting.", by=make_user(Role.MODERATOR), at=MONDAY)
    respond(thread.assignment, hours=7)

    page = client.get("/").text

    assert page.index("Lampu taman", page.index("Baru dijawab")) < page.index("Lampu Garu")
    assert "dijawab dalam 7 jam" in page


def test_what_was_hidden_is_no_longer_among_the_answers(client: CheckingClient, lights: Category) -> None:
    thread = make_thread(make_forum_category(lights), title="Lampu taman")
    forum.ask(thread, reason="Penting.", by=make_user(Role.MODERATOR), at=MONDAY)
    respond(thread.assignment, hours=7)
    forum.hide(thread, at=MONDAY)

    assert "Lampu taman" not in client.get("/").text


def test_one_field_takes_words_and_numbers(client: CheckingClient, lights: Category) -> None:
    page = client.get("/").text

    assert 'action="/search"' in page
    assert 'href="/track"' in page


def test_the_front_door_costs_the_same_however_much_goes_on(
    client: CheckingClient, lights: Category, count_sql: Callable[[], Any]
) -> None:
    talk = make_forum_category(lights)

    def go_on(serial: int) -> None:
        answer(lights, f"Lampu {serial}", hours=1 + serial)
        make_report(lights)
        make_project()
        make_thread(talk)
        db.session.flush()

    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        go_on(0)
        client.get("/")
        with count_sql() as few:
            client.get("/?few")
        for serial in range(12):
            go_on(serial)
        with count_sql() as many:
            client.get("/?many")

    assert len(few) == len(many) <= 8
