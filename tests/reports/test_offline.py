"""A report that waited on a phone is filed once, or becomes a draft; what lies on the phone is nobody's."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from werkzeug.test import TestResponse

from portal.accounts.models import User
from portal.db import db
from portal.reports.models import Report, ReportDraft
from tests.builders import make_user
from tests.reports.conftest import City
from tests.reports.test_filing import STORY, photo
from tests.support.client import CheckingClient

TOKEN = "dariPonselSendiri_1234567890"
PAGE = "/reports/new/offline"
WHOLE = {
    "token": TOKEN,
    "kind": "complaint",
    "title": "Lampu jalan mati",
    "body": STORY,
    "category": "pju",
    "area": "99.71.01.1001",
    "place": "Depan mushala",
}


def send(client: CheckingClient, **changes: Any) -> TestResponse:
    token = client.get(f"{PAGE}/token").get_json()["token"]
    fields = {name: value for name, value in {**WHOLE, **changes}.items() if value is not None}
    return client.post(PAGE, data=fields, headers={"X-CSRFToken": token}, content_type="multipart/form-data")


def count(model: type[Any]) -> int:
    return db.session.scalar(db.select(db.func.count()).select_from(model)) or 0


def test_a_report_that_waited_is_filed_like_any_other(client: CheckingClient, city: City) -> None:
    answer = send(client, photos=(photo(), "IMG_1.jpg"))

    report = db.session.scalars(db.select(Report)).one()
    assert (report.content.title, report.area_code, len(report.photos)) == (WHOLE["title"], WHOLE["area"], 1)
    assert report.assignment_id is not None
    assert report.number in client.get(answer.get_json()["sent"]).text
    assert count(ReportDraft) == 0


def test_sent_twice_it_is_filed_once(client: CheckingClient, city: City) -> None:
    first, again = send(client), send(client, body="Cerita lain")

    assert first.get_json() == again.get_json()
    assert (count(Report), count(ReportDraft)) == (1, 0)


def test_it_leaves_the_name_of_an_anonymous_reporter_behind(
    login: Callable[[User], CheckingClient], city: City
) -> None:
    send(login(make_user(name="Ani Tertanda")), is_anonymous="y")

    reporter = db.session.scalars(db.select(Report)).one().reporter
    assert (reporter.user_id, reporter.name, reporter.email) == (None, "", None)


@pytest.mark.parametrize(
    ("changes", "page"),
    [
        ({"category": "api"}, "emergency"),
        ({"category": "asn"}, "unit"),
        ({"category": "tidak-ada"}, "category"),
        ({"category": ""}, "category"),
        ({"area": ""}, "place"),
        ({"area": "00.00.00.0000"}, "place"),
        ({"photos": "bukan foto"}, "photos"),
    ],
)
def test_what_is_missing_is_asked_on_its_page(
    client: CheckingClient, city: City, changes: dict[str, Any], page: str
) -> None:
    if "photos" in changes:
        changes = {"photos": (BytesIO(b"bukan foto"), "a.jpg")}
    answer = send(client, **changes)

    assert answer.get_json()["sent"] == f"/reports/new/{TOKEN}/{page}"
    assert STORY in client.get(f"/reports/new/{TOKEN}/what").text
    assert (count(Report), count(ReportDraft)) == (0, 1)


def test_a_report_that_became_a_draft_stays_what_its_writer_made_of_it(
    client: CheckingClient, city: City
) -> None:
    send(client, area="")

    assert send(client, body="Yang lama dari ponsel").get_json()["filed"] is False
    assert count(Report) == 0
    assert db.session.scalars(db.select(ReportDraft)).one().data["body"] == STORY


def test_the_read_number_of_an_emergency_lets_it_be_sent(client: CheckingClient, city: City) -> None:
    send(client, category="api", emergency_read="y")

    assert count(Report) == 1


@pytest.mark.parametrize("changes", [{"token": ""}, {"token": "../../x" * 6}, {"title": ""}, {"kind": "x"}])
def test_what_is_no_report_is_refused(client: CheckingClient, city: City, changes: dict[str, str]) -> None:
    assert send(client, **changes).status_code == 422
    assert (count(Report), count(ReportDraft)) == (0, 0)


def test_another_site_files_nothing(client: CheckingClient, city: City) -> None:
    assert client.post(PAGE, data=WHOLE).status_code == 400
    assert count(Report) == 0


def test_the_page_that_lies_on_the_phone_is_nobodys(
    client: CheckingClient, login: Callable[[User], CheckingClient], city: City
) -> None:
    hers = login(make_user(name="Ani Tertanda"))
    hers.get("/reports/new")

    visitors, own = client.get(PAGE), hers.get(PAGE)

    assert own.data == visitors.data
    assert "csrf_token" not in visitors.text
    assert "Set-Cookie" not in visitors.headers
    assert "Harjosari I" in visitors.text


def test_the_worker_holds_only_what_is_the_same_for_everybody(client: CheckingClient, city: City) -> None:
    worker = client.get("/service-worker.js")

    files = re.findall(r'"(/[^"]+)"', next(line for line in worker.text.splitlines() if "FILES" in line))
    assert files[0] == PAGE
    assert all(re.match(r"/static/(css|js)/[\w-]+\.(css|js)\?v=\w{12}$", file) for file in files[1:])
    assert worker.mimetype == "text/javascript"
    assert worker.headers["Cache-Control"] == "no-cache"


def test_the_worker_changes_with_the_page_that_it_holds(client: CheckingClient, city: City) -> None:
    before = client.get("/service-worker.js").data
    city.lights.name_id = "Lampu penerangan"
    db.session.flush()

    assert client.get("/service-worker.js").data != before


def test_each_language_has_a_worker_of_its_own(client: CheckingClient, city: City) -> None:
    english = client.get("/en/service-worker.js").text

    assert '"/en/reports/new/offline"' in english
    assert "filing:/en:" in english


def test_the_page_costs_the_same_for_many_categories(
    client: CheckingClient, city: City, count_sql: Any
) -> None:
    with count_sql() as statements:
        client.get(PAGE)

    assert len(statements) <= 4
