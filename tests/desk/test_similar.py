"""Earlier matters like one that waits: what was answered there is a beginning here."""

from portal.assignments import services as assignments
from portal.assignments.models import Draft
from portal.assignments.rules import ResponseKind
from portal.db import db
from tests.desk.conftest import NOW, City
from tests.support.client import CheckingClient

ANSWER = "Bola lampu sudah diganti dan kabelnya diperiksa."


def _answered(city: City, **changes: object) -> str:
    report = city.report(**changes)
    assignments.respond(report.assignment, kind=ResponseKind.ANSWER, body=ANSWER, by=city.user, at=NOW)
    return report.number


def test_an_earlier_answer_is_shown_and_fills_the_box(city: City, desk: CheckingClient) -> None:
    earlier = _answered(city, title="Lampu jalan mati di Gang Melati")
    report = city.report(title="Lampu jalan mati di Gang Mawar")

    page = desk.get(f"/desk/{report.number}/similar")
    back = desk.submit(page, "/draft/beginning")
    box = desk.get(back.location).get_data(as_text=True)

    assert earlier in page.get_data(as_text=True)
    assert ANSWER in page.get_data(as_text=True)
    assert f"{ANSWER}</textarea>" in box


def test_what_nobody_answered_is_no_beginning(city: City, desk: CheckingClient) -> None:
    _answered(city, title="Lampu jalan mati di Gang Melati")
    waiting = city.report(title="Lampu jalan mati di Gang Kenanga")
    report = city.report(title="Lampu jalan mati di Gang Mawar")

    page = desk.get(f"/desk/{report.number}/similar")
    forged = desk.submit(page, "/draft/beginning", earlier=waiting.number)

    assert waiting.number not in page.get_data(as_text=True)
    assert "Teks itu tidak tersedia lagi." in desk.get(forged.location).get_data(as_text=True)
    assert db.session.query(Draft).count() == 0


def test_an_earlier_answer_is_read_as_the_public_reads_it(city: City, desk: CheckingClient) -> None:
    report = city.report(title="Lampu jalan mati di Gang Melati")
    quoted = "Bapak menulis 0812-3456-7890. Lampunya sudah diganti."
    assignments.respond(report.assignment, kind=ResponseKind.ANSWER, body=quoted, by=city.user, at=NOW)
    waiting = city.report(title="Lampu jalan mati di Gang Mawar")

    page = desk.get(f"/desk/{waiting.number}/similar")
    back = desk.submit(page, "/draft/beginning")

    assert "Lampunya sudah diganti." in page.text
    assert "0812" not in page.text
    assert "0812" not in desk.get(back.location).text
