"""The front door: the latest answers, the kept figures, and the way to a number."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal.accounts.models import User
from portal.assignments import services as assignments
from portal.assignments.rules import ResponseKind
from portal.categories.models import Category
from portal.db import db
from portal.deadlines import importers
from portal.statistics import jobs as statistics
from tests.builders import (
    MONDAY,
    make_agency,
    make_category,
    make_official,
    make_report,
    make_routing_rule,
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
    assert report.assignment is not None
    assert report.assignment.official is not None
    by = db.session.get_one(User, report.assignment.official.user_id)
    assignments.respond(
        report.assignment, kind=ResponseKind.ANSWER, body="Sudah.", by=by, at=MONDAY + timedelta(hours=hours)
    )


def test_the_latest_answers_say_how_long_they_took(client: CheckingClient, lights: Category) -> None:
    answer(lights, "Lampu Garu", hours=5)
    answer(lights, "Lampu Amplas", hours=7)

    page = client.get("/").text

    assert page.index("Lampu Amplas") < page.index("Lampu Garu")
    assert "dijawab dalam 5 jam" in page


def test_an_empty_city_leads_on(client: CheckingClient, lights: Category) -> None:
    page = client.get("/").text

    for empty in ("Belum ada rencana yang terbuka", "Belum ada obrolan", "Belum ada jawaban"):
        assert empty in page
    assert "Angkanya tampil begitu laporan pertama dihitung" in page


def test_figures_are_the_kept_ones(client: CheckingClient, lights: Category) -> None:
    for serial in range(12):
        answer(lights, f"Lampu {serial}", hours=3)
    statistics.refresh(MONDAY + timedelta(days=1))

    assert "3 jam" in client.get("/").text


def test_the_front_door_costs_the_same_with_many_answers(
    client: CheckingClient, lights: Category, count_sql: Callable[[], Any]
) -> None:
    answer(lights, "Satu", hours=1)
    with count_sql() as few:
        client.get("/")
    for serial in range(20):
        answer(lights, f"Lampu {serial}", hours=2 + serial)
    with count_sql() as many:
        client.get("/")

    assert len(few) == len(many) <= 8
