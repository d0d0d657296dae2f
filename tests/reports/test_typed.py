"""Nothing typed on a page of filing is lost: to a session's end, a refusal, going back or another tab."""

from collections.abc import Callable
from typing import Any

import pytest

from portal.accounts.models import User
from portal.db import db
from portal.reports.models import Report, ReportDraft
from tests.builders import make_user
from tests.reports.conftest import City
from tests.reports.test_filing import STORY, begin, onward, to_check
from tests.support.client import CheckingClient, Form

Login = Callable[[User], CheckingClient]


def what_of(page: Any) -> str:
    return str(page.request.path).replace("/category", "/what")


def typed_as(page: Any, **changes: str) -> dict[str, Any]:
    """What the page's form would send, changed."""
    return {**Form.on(page, None).values, **changes}


def drafts() -> list[ReportDraft]:
    return list(db.session.scalars(db.select(ReportDraft)))


def test_typed_words_wait_when_the_session_is_over(client: CheckingClient, city: City) -> None:
    page = client.get(what_of(begin(client)))
    form = typed_as(page, title="Lampu mati di gang", csrf_token="lewat")

    answer = client.post(page.request.path, data=form)

    assert (answer.status_code, answer.location) == (303, page.request.path)
    again = client.get(answer.location)
    assert "Lampu mati di gang" in again.text
    assert "Sesi Anda sudah berakhir" in again.text
    assert client.submit(again).status_code == 303


def test_first_page_comes_back_with_its_words_when_the_session_is_over(
    client: CheckingClient, city: City
) -> None:
    form = typed_as(client.get("/reports/new"), title="Lampu mati", body=STORY)
    stranger = client.application.test_client()

    answer = stranger.post("/reports/new", data=form)

    assert answer.status_code == 303
    assert STORY in stranger.get(answer.location).text


def test_another_site_can_put_nothing_into_a_draft(client: CheckingClient, city: City) -> None:
    page = client.get(what_of(begin(client)))
    form = typed_as(page, title="Dari situs lain", csrf_token="palsu")

    answer = client.post(page.request.path, data=form, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 400
    assert "Dari situs lain" not in client.get(page.request.path).text


def test_refused_answers_wait_for_whoever_leaves_the_page(client: CheckingClient, city: City) -> None:
    page = client.get(what_of(begin(client)))
    assert client.submit(page, title="", body="Cerita yang lebih panjang").status_code == 422

    assert "Cerita yang lebih panjang" in client.get(page.request.path).text


def test_going_back_takes_along_what_was_typed(client: CheckingClient, city: City) -> None:
    page = begin(client)

    back = client.submit(page, category="jalan", leave="back")

    assert back.location == what_of(page)
    assert Form.on(client.get(page.request.path), None).values["category"] == "jalan"
    assert drafts()[0].data["category"] == ""


def test_typing_keeps_the_words_before_they_are_sent(client: CheckingClient, city: City) -> None:
    page = client.get(what_of(begin(client)))

    kept = client.post(
        f"{page.request.path}/typed", data=typed_as(page, body="Hubungi 0812 3456 7812, malam.")
    )

    assert kept.status_code == 200
    assert "Hubungi 08•• •••• ••12, malam." in kept.text
    assert "0812 3456 7812" in client.get(page.request.path).text


def test_the_first_page_becomes_a_draft_while_it_is_typed_on(client: CheckingClient, city: City) -> None:
    page = client.get("/reports/new")
    form = typed_as(page, title="Lampu")

    first = client.post("/reports/new/typed", data=form)
    second = client.post("/reports/new/typed", data={**form, "title": "Lampu mati"})
    sent = client.post("/reports/new", data={**form, "title": "Lampu mati", "body": STORY})

    assert (first.status_code, first.location) == (201, second.location)
    assert sent.status_code == 303
    assert [draft.data["title"] for draft in drafts()] == ["Lampu mati"]


def test_a_double_click_on_the_first_page_begins_one_draft(client: CheckingClient, city: City) -> None:
    page = client.get("/reports/new")

    for _ in range(2):
        assert client.submit(page, title="Lampu mati", body=STORY, kind="complaint").status_code == 303

    assert len(drafts()) == 1


def test_coming_back_to_the_first_page_leads_to_the_draft(client: CheckingClient, city: City) -> None:
    path = what_of(begin(client))

    assert path.removesuffix("/what") in client.get("/reports/new").text


def test_the_newer_of_two_tabs_wins_and_says_so(client: CheckingClient, city: City) -> None:
    path = what_of(begin(client))
    one, other = client.get(path), client.get(path)
    onward(client, one, title="Dari tab pertama")

    page = onward(client, other, title="Dari tab kedua")

    assert "juga diisi di tab lain" in page.text
    assert drafts()[0].data["title"] == "Dari tab kedua"
    assert "Dari tab pertama" in client.get(f"{path}?earlier=1").text


def test_words_that_were_not_sent_on_are_pointed_out_before_sending(
    client: CheckingClient, city: City
) -> None:
    check = to_check(client, city)
    page = client.get(check.request.path.replace("/check", "/what"))
    client.post(f"{page.request.path}/typed", data=typed_as(page, body="Belum dikirim"))

    assert page.request.path in client.get(check.request.path).text.split("belum ikut terkirim")[1]


def test_a_guest_who_signs_in_midway_keeps_the_draft(
    client: CheckingClient, login: Login, city: City
) -> None:
    page, ani = begin(client), make_user()

    onward(login(ani), login(ani).get(page.request.path), category="pju")

    assert drafts()[0].owner_id == ani.id
    assert login(make_user()).get(page.request.path).status_code == 404
    assert "/sign-in" in client.get(page.request.path).location


def test_the_draft_of_an_account_takes_its_words_over_the_end_of_the_session(
    client: CheckingClient, login: Login, city: City
) -> None:
    ani = make_user()
    page = login(ani).get(what_of(begin(login(ani))))

    answer = client.post(page.request.path, data=typed_as(page, title="Sebelum keluar"))

    assert "/sign-in?next=" in answer.location
    assert "Sebelum keluar" in login(ani).get(page.request.path).text


def test_drafts_go_on_on_another_device(login: Login, city: City) -> None:
    ani = make_user()
    for title in ("Lampu mati", "Jalan rusak"):
        begin(login(ani), title=title)

    listed = login(ani).get("/account/drafts")
    assert "Lampu mati" in listed.text
    assert "Jalan rusak" in listed.text

    draft = drafts()[0]
    link = login(ani).get(f"/account/drafts/{draft.id}").location
    assert (
        draft.data["title"] in login(ani).get(login(ani).get(link).location.replace("category", "what")).text
    )
    assert login(make_user()).get(f"/account/drafts/{draft.id}").status_code == 404


def test_a_deleted_draft_is_gone(client: CheckingClient, login: Login, city: City) -> None:
    ani = make_user()
    begin(login(ani))
    page = begin(client)

    hers = login(ani)
    hers.submit(hers.get("/account/drafts"), f"{drafts()[0].id}/removal")
    client.submit(page, f"{page.request.path.removesuffix('/category')}/removal")

    assert drafts() == []


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_of_drafts_costs_the_same_for_many(
    login: Login, city: City, count_sql: Any, count: int
) -> None:
    ani = make_user()
    hers = login(ani)
    for _ in range(count):
        begin(hers)

    with count_sql() as statements:
        hers.get("/account/drafts")

    assert len(statements) <= 3


def test_sending_leaves_no_draft_and_nothing_in_the_browser(client: CheckingClient, city: City) -> None:
    onward(client, to_check(client, city))

    assert drafts() == []
    assert db.session.scalar(db.select(db.func.count(Report.id))) == 1
    with client.session_transaction() as session:
        assert "draft" not in session
