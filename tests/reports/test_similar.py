"""What is near or alike is shown before a report is sent, and never what the public may not read."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portal.db import db
from portal.reports import queries, services
from portal.reports.models import Report
from portal.reports.queries import Matter
from portal.reports.rules import Ending, ReportState
from tests.builders import MONDAY, make_area, make_report
from tests.reports.conftest import City

HERE = {"lat": 3.5400, "lon": 98.7000}
LATER = MONDAY + timedelta(days=10)


def shown(city: City, title: str = "Lampu jalan mati di Garu III", **changes: Any) -> list[str]:
    matter = Matter(**{"title": title, "category_code": city.lights.code, **HERE, **changes})
    return [row.title for row, _ in queries.similar(matter, LATER)]


def report(city: City, title: str = "Lampu padam di Garu III", **changes: Any) -> Report:
    made = make_report(**{"category": city.lights, "title": title, "area_code": city.area.code, **changes})
    db.session.flush()
    return made


def test_a_nearby_report_in_other_words_is_shown(city: City) -> None:
    report(city, "Gelap, lampu tidak menyala", lat=3.5408, lon=98.7)
    report(city, "Gelap, lampu tidak menyala juga", lat=3.56, lon=98.7, area_code=None)

    [(row, found)] = queries.similar(
        Matter(title="Lampu jalan mati", category_code=city.lights.code, **HERE), LATER
    )

    assert row.title == "Gelap, lampu tidak menyala"
    assert found.metres == pytest.approx(89, abs=1)


def test_without_a_point_the_kelurahan_counts(city: City) -> None:
    elsewhere = make_area(code="99.71.02.1001", name="Aur", parent_code=None)
    report(city, area_code=city.area.code)
    report(city, "Lampu jalan redup di pasar", area_code=elsewhere.code)

    assert shown(city, area_code=city.area.code, lat=None, lon=None) == ["Lampu padam di Garu III"]


@pytest.mark.parametrize(
    ("ended", "ending", "is_shown"),
    [
        (timedelta(days=9), Ending.SOLVED, True),
        (timedelta(days=31), Ending.SILENCE, False),
        (timedelta(days=1), Ending.MERGED, False),
        (timedelta(days=1), Ending.WITHDRAWN, False),
    ],
)
def test_what_was_resolved_lately_is_shown_and_nothing_else_that_ended(
    city: City, ended: timedelta, ending: Ending, is_shown: bool
) -> None:
    over = report(city, **HERE, at=MONDAY - timedelta(days=60))
    over.state, over.ending, over.ended_at = ReportState.CLOSED, ending, LATER - ended
    db.session.flush()

    assert bool(shown(city)) is is_shown


def test_nothing_that_the_public_may_not_read_is_shown(city: City) -> None:
    report(city, **HERE, is_confidential=True)
    report(city, **HERE, category=city.roads)  # waits for a moderator
    services.hide(report(city, **HERE), at=MONDAY)
    db.session.flush()

    assert shown(city) == []


def test_the_likest_comes_first_on_every_engine(city: City) -> None:
    for title, lat in [
        ("Lampu jalan mati total", 3.5416),
        ("Lampu jalan mati di Garu III", 3.5402),
        ("Lampu taman redup", 3.5401),
        ("Lampu jalan mati di Garu", 3.5402),
        ("Tiang lampu miring", 3.5409),
    ]:
        report(city, title, lat=lat, lon=98.7)

    assert shown(city) == [
        "Lampu jalan mati di Garu III",
        "Lampu jalan mati di Garu",
        "Lampu jalan mati total",
    ]


def test_asking_costs_two_statements(city: City, count_sql: Callable[[], Any]) -> None:
    report(city, **HERE)

    with count_sql() as statements:
        assert shown(city, area_code=city.area.code)

    assert len(statements) == 2
