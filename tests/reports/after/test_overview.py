"""What a resident finds on their own page: what waits for them first, and whose nobody else knows."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portal.accounts.models import User
from portal.assignments import services as assignments
from portal.assignments.rules import ResponseKind
from portal.db import db
from portal.reports import services
from portal.reports.models import Report
from tests.builders import MONDAY, make_report, make_user
from tests.reports.conftest import City
from tests.support.client import CheckingClient

Login = Callable[[User], CheckingClient]


def respond(report: Report, city: City, kind: ResponseKind) -> None:
    by = db.session.get_one(User, city.official.user_id)
    assert report.assignment is not None
    assignments.respond(
        report.assignment, kind=kind, body="Kami periksa.", by=by, at=MONDAY + timedelta(days=1)
    )


def test_what_waits_for_the_resident_comes_first(login: Login, city: City) -> None:
    resident = make_user()
    kinds = (ResponseKind.QUESTION, ResponseKind.ANSWER, ResponseKind.INTERIM)
    for kind in kinds:
        respond(make_report(city.lights, by=resident, title=f"Lampu {kind}"), city, kind)
    make_report(city.lights, by=resident, title="Lampu lain")

    page = login(resident).get("/account/reports").text
    waiting, _, rest = page.partition("Yang Anda laporkan")

    assert [waiting.index(f"Lampu {kind}") for kind in kinds] == sorted(
        waiting.index(f"Lampu {kind}") for kind in kinds
    )
    assert "Lampu lain" in rest


def test_a_supporter_finds_the_answer_to_rate(login: Login, city: City) -> None:
    neighbour, report = make_user(), make_report(city.lights)
    services.support(report, by=neighbour, at=MONDAY)
    respond(report, city, ResponseKind.INTERIM)

    visitor, path = login(neighbour), f"/reports/{report.number}/rating"
    assert path in visitor.get("/account/reports").text

    answer = visitor.submit(visitor.get(path), action="/rating", verdict="partly", stars="4")

    assert answer.status_code == 303
    assert path not in visitor.get("/account/reports").text


def test_an_anonymous_report_is_found_by_its_owner_alone(login: Login, city: City) -> None:
    owner, other = make_user(), make_user()
    report = make_report(city.lights, by=owner, is_anonymous=True)

    page = login(owner).get("/account/reports").text

    assert report.number in page
    assert "tidak melihat bahwa itu milik Anda" in page
    assert report.number not in login(other).get("/account/reports").text


def test_states_narrow_the_list(login: Login, city: City) -> None:
    resident = make_user()
    running, answered = (make_report(city.lights, by=resident) for _ in range(2))
    respond(answered, city, ResponseKind.ANSWER)

    page = login(resident).get("/account/reports?state=answered").text

    assert answered.number in page
    assert running.number not in page


@pytest.mark.parametrize(("path", "most"), [("/account/reports", 8), ("/reports/{}/private", 10)])
def test_pages_cost_the_same_statements_for_one_report_and_for_many(
    login: Login, city: City, path: str, most: int, count_sql: Callable[[], Any]
) -> None:
    resident = make_user()
    report = make_report(city.lights, by=resident, title="Lampu")
    respond(report, city, ResponseKind.INTERIM)
    own, address = login(resident), path.format(report.number)
    few = _statements(own, address, count_sql)

    for _ in range(12):
        respond(make_report(city.lights, by=resident, title="Lampu"), city, ResponseKind.INTERIM)
        services.support(report, by=make_user(), at=MONDAY)

    assert len(_statements(own, address, count_sql)) == len(few) <= most


def test_the_public_page_costs_at_most_eight_statements(
    client: CheckingClient, city: City, count_sql: Callable[[], Any]
) -> None:
    report = make_report(city.lights)
    respond(report, city, ResponseKind.INTERIM)
    for _ in range(12):
        services.support(report, by=make_user(), at=MONDAY)

    assert len(_statements(client, f"/reports/{report.number}", count_sql)) <= 8


def _statements(reader: CheckingClient, address: str, count_sql: Callable[[], Any]) -> list[str]:
    reader.get(address)
    db.session.commit()
    with count_sql() as sent:
        reader.get(address)
    return [str(one) for one in sent]
