"""The front door."""

from datetime import timedelta

import time_machine
from flask.testing import FlaskClient

from portal.deadlines import importers
from tests.builders import MONDAY, make_agency, make_category, make_report, make_routing_rule


def test_visitor_gets_the_home_page_without_a_cookie(client: FlaskClient) -> None:
    page = client.get("/")

    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers


def test_visitor_meets_the_clock_that_runs_out_next(client: FlaskClient) -> None:
    importers.seed(zone="Asia/Jakarta", at=MONDAY)
    lights = make_category()
    make_routing_rule(lights, make_agency())
    make_report(lights, title="Lampu taman padam", at=MONDAY - timedelta(days=20))  # late by now
    make_report(lights, title="Lampu gang padam", at=MONDAY)

    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        page = client.get("/").text

    next_due = page.split('id="next-due"')[1].split("</section>")[0]
    assert "Lampu gang padam" in next_due
    assert "5 hari kerja lagi" in next_due
