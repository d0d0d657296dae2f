"""One search: words lead to what holds them, a number to its page."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.deadlines import importers
from portal.search import services
from tests.builders import (
    MONDAY,
    make_agency,
    make_category,
    make_idea,
    make_pin,
    make_post,
    make_project,
    make_report,
    make_thread,
    make_user,
)
from tests.support.client import CheckingClient
from tests.surveys.making import make_service, make_survey


@pytest.fixture
def texts(app: Flask) -> None:
    services.put("report", "MDN-26-000901", title="Lampu taman mati", text="gelap", place="Amplas")
    services.put("report", "MDN-26-000902", title="Bangku taman patah", text="di dekat lampu", place="")


def test_words_in_the_title_come_first(client: CheckingClient, texts: None) -> None:
    page = client.get("/search?q=lampu").text

    assert page.index("Lampu taman mati") < page.index("Bangku taman patah")


def test_a_number_leads_to_its_page(client: CheckingClient) -> None:
    importers.seed(zone="Asia/Jakarta", at=MONDAY)
    report = make_report(make_category(), by=make_user())

    answer = client.get(f"/search?q={report.number.lower()}")

    assert answer.status_code == 303
    assert answer.location.endswith(f"/reports/{report.number}")


def test_every_room_is_searched(client: CheckingClient) -> None:
    project = make_project(title="Taman gajah")
    thread, idea = make_thread(title="Gajah di taman"), make_idea(project, title="Patung gajah")
    pin = make_pin(body="Gajah jangan di sini")

    page = client.get("/search?q=gajah").text

    for found in (
        f"/projects/{project.slug}",
        f"/forum/{thread.number}",
        f"/ideas/{idea.number}",
        f"/pins/{pin.number}",
    ):
        assert f'href="{found}"' in page


def test_numbers_of_every_room_lead_to_their_pages(client: CheckingClient) -> None:
    post = make_post()
    survey = make_survey(make_service(make_agency()))

    for number, page in {
        post.thread.number: f"/forum/{post.thread.number}",
        post.number.lower(): f"/forum/posts/{post.number}",
        survey.number: f"/surveys/{survey.number}",
    }.items():
        assert client.get(f"/search?q={number}").location.endswith(page)


@pytest.mark.parametrize("number", ["P-999999", "P-9999999999999999999", "E-1", "S-", "P-²"])
def test_unknown_numbers_are_only_looked_for(client: CheckingClient, number: str) -> None:
    assert "Tidak ada yang cocok" in client.get("/search", query_string={"q": number}).text


def test_more_hits_of_a_kind_are_one_step_away(client: CheckingClient, app: Flask) -> None:
    for serial in range(7):
        services.put("report", f"MDN-26-00091{serial}", title=f"Parit tersumbat {serial}", text="")

    first = client.get("/search?q=parit").text
    further = client.get("/search?q=parit&kind=report").text

    assert first.count("Parit tersumbat") == 5
    assert "kind=report" in first
    assert further.count("Parit tersumbat") == 7


@pytest.mark.parametrize("question", ["", "   ", "'\" OR *", "<script>alert(1)</script>", "%00", "a" * 500])
def test_whatever_is_typed_is_only_looked_for(client: CheckingClient, question: str) -> None:
    answer = client.get("/search", query_string={"q": question})

    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_search_costs_the_same_for_few_and_many_hits(
    client: CheckingClient, count_sql: Callable[[], Any], texts: None
) -> None:
    with count_sql() as few:
        client.get("/search?q=patah")
    with count_sql() as many:
        client.get("/search?q=taman")

    assert len(many) == len(few) <= 8
