"""Filing in a browser without JavaScript, question by question."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from werkzeug.test import TestResponse

from portal.db import db
from portal.reports.models import Report, ReportDraft
from tests.builders import make_category, make_user
from tests.reports.conftest import City
from tests.support.client import CheckingClient

STORY = "Sudah empat malam lampu di depan mushala padam."


def photo(colour: str = "red") -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (80, 60), colour).save(out, "JPEG")
    out.seek(0)
    return out


def begin(client: CheckingClient, title: str = "Lampu jalan mati") -> TestResponse:
    """The first question answered; gives the page of the second."""
    page = client.submit(client.get("/reports/new"), title=title, body=STORY, kind="complaint")
    return client.get(page.location)


def onward(client: CheckingClient, page: TestResponse, **answers: object) -> TestResponse:
    answer = client.submit(page, **answers)
    assert answer.status_code == 303, answer.get_data(as_text=True)[:3000]
    return client.get(answer.location)


def choose_place(client: CheckingClient, page: TestResponse, city: City) -> TestResponse:
    """Search for the area, choose it; gives the page about photos."""
    found = onward(client, page, q="harjo", place="Depan mushala", search="1")
    return onward(client, found, area=city.area.code)


def to_check(client: CheckingClient, city: City, category: str = "pju", **person: object) -> TestResponse:
    page = onward(client, begin(client), category=category)
    page = choose_place(client, page, city)
    page = onward(client, page)
    return onward(client, page, **person)


def test_a_visitor_files_a_report_and_reads_its_number(client: CheckingClient, city: City) -> None:
    page = to_check(client, city)

    receipt = onward(client, page)

    report = db.session.scalars(db.select(Report)).one()
    assert report.number in receipt.text
    assert "Kode lacak" in receipt.text
    assert "Rahmat Siregar" in receipt.text


def test_the_category_is_suggested_with_the_words_that_say_so(client: CheckingClient, city: City) -> None:
    page = begin(client)

    assert "Karena Anda menulis: lampu" in page.text


def test_what_was_typed_stays_when_something_is_missing(client: CheckingClient, city: City) -> None:
    page = client.submit(client.get("/reports/new"), title="", body=STORY, kind="suggestion")

    assert page.status_code == 422
    assert STORY in page.text


def test_going_back_shows_the_former_answer(client: CheckingClient, city: City) -> None:
    page = begin(client, title="Lampu padam lagi")

    back = client.get(page.request.path.replace("/category", "/what"))

    assert "Lampu padam lagi" in back.text


def test_areas_are_searched_without_losing_the_place(client: CheckingClient, city: City) -> None:
    page = onward(client, begin(client), category="pju")

    found = onward(client, page, q="harjo", place="Depan mushala", search="1")

    assert "Harjosari I, Kecamatan Medan Amplas" in found.text
    assert "Depan mushala" in found.text


def test_a_double_click_files_one_report(client: CheckingClient, city: City) -> None:
    page = to_check(client, city)
    first = client.submit(page)

    second = client.submit(page)

    assert second.location == first.location
    assert db.session.scalar(db.select(db.func.count(Report.id))) == 1


def test_an_auto_routed_report_costs_few_statements(
    client: CheckingClient, city: City, count_sql: Callable[[], Any]
) -> None:
    page = to_check(client, city)

    with count_sql() as statements:
        client.submit(page)

    assert db.session.scalars(db.select(Report)).one().assignment_id is not None
    # Written once, when it is whole: 60 statements in 17 flushes took twice the time.
    assert len(statements) <= 40


def test_a_draft_is_gone_once_sent(client: CheckingClient, city: City) -> None:
    client.submit(to_check(client, city))

    assert db.session.scalar(db.select(db.func.count(ReportDraft.id))) == 0


def test_photos_travel_with_the_report(client: CheckingClient, city: City) -> None:
    page = onward(client, begin(client), category="pju")
    page = choose_place(client, page, city)
    page = onward(client, page, photos=[(photo(), "a.jpg"), (photo("blue"), "b.jpg")])
    check = onward(client, page)

    onward(client, check)

    report = db.session.scalars(db.select(Report)).one()
    assert len(report.photos) == 2
    public = client.get(f"/reports/{report.number}")
    assert f"/photos/{report.photos[0].attachment.token}-small.jpg" in public.text


def test_what_is_no_photo_is_refused_beside_the_field(client: CheckingClient, city: City) -> None:
    page = onward(client, begin(client), category="pju")
    page = choose_place(client, page, city)

    answer = client.submit(page, photos=[(photo(), "baik.jpg"), (BytesIO(b"MZ" * 50), "virus.jpg")])

    assert answer.status_code == 422
    assert "virus.jpg: Berkas ini bukan foto" in answer.text
    assert "Hapus foto 1" in answer.text


def test_an_emergency_shows_the_number_before_anything_is_filed(client: CheckingClient, city: City) -> None:
    page = onward(client, begin(client, "Ada api"), category="api")

    assert 'href="tel:112"' in page.text
    assert client.submit(page).status_code == 422
    assert client.get(page.request.path.replace("/emergency", "/check")).location.endswith("/emergency")


def test_a_confidential_category_is_always_confidential(client: CheckingClient, city: City) -> None:
    check = to_check(client, city, category="anak")
    onward(client, check)

    report = db.session.scalars(db.select(Report)).one()
    assert report.is_confidential
    assert report.title == ""


def test_a_complaint_about_officials_names_the_unit(client: CheckingClient, city: City) -> None:
    page = onward(client, begin(client, "Pegawai bolos"), category="asn")
    assert "Tentang dinas atau kantor mana" in page.text

    page = onward(client, page, unit=str(city.agency.id))
    page = choose_place(client, page, city)
    onward(client, onward(client, onward(client, page)))

    report = db.session.scalars(db.select(Report)).one()
    assert report.is_supervisory
    assert report.concerned_agency_id == city.agency.id
    assert report.assignment_id is None


def test_a_category_without_an_agency_is_not_offered(client: CheckingClient, city: City) -> None:
    make_category(code="syariat", name_id="Syariat")

    assert "Syariat" not in begin(client).text


def test_personal_data_is_shown_covered_before_sending(client: CheckingClient, city: City) -> None:
    page = client.submit(
        client.get("/reports/new"),
        title="Lampu mati",
        body=STORY + " Hubungi 081234567812.",
        kind="complaint",
    )
    page = onward(client, client.get(page.location), category="pju")
    page = choose_place(client, page, city)

    check = onward(client, onward(client, page))

    assert "08•• •••• ••12" in check.text


def test_a_signed_in_resident_needs_no_code(login, city: City) -> None:
    user = make_user()
    client = login(user)

    receipt = onward(client, to_check(client, city))

    report = db.session.scalars(db.select(Report)).one()
    assert report.reporter.user_id == user.id
    assert "Kode lacak" not in receipt.text
    assert report.number in client.get("/account/reports").text


def test_an_unknown_draft_leads_to_a_new_one(client: CheckingClient, city: City) -> None:
    answer = client.get("/reports/new/nonsense/photos", follow_redirects=True)

    assert "Draf ini sudah tidak ada" in answer.text


@pytest.mark.parametrize("signs", ["\x00\x01kosong\x1b", "\ud800", "a" * 9000, "‮kanan"])
def test_strange_signs_give_no_error(client: CheckingClient, city: City, signs: str) -> None:
    body = signs.encode("utf-8", "surrogatepass").decode("utf-8", "replace")

    page = client.submit(client.get("/reports/new"), title="Lampu", body=body, kind="complaint")

    assert page.status_code in (303, 422)
