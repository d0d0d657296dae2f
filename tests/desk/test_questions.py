"""Questions to the resident: at most two without the supervisor, and the box says so before one types."""

from collections.abc import Callable

import pytest

from portal.accounts.models import User
from portal.assignments import services
from portal.reports.models import Report
from tests.assignments.duties import at, say
from tests.desk.conftest import City
from tests.support.client import CheckingClient

Login = Callable[[User], CheckingClient]


@pytest.fixture
def asked_twice(city: City) -> Report:
    report = city.report()
    for hour in (10, 12):
        say(report.assignment, "question", city.user, f"2026-11-16 {hour}:00")
        services.resident_replied(report.assignment, at=at(f"2026-11-16 {hour + 1}:00"))
    return report


def test_official_is_led_to_the_supervisor_before_typing(desk: CheckingClient, asked_twice: Report) -> None:
    page = desk.get(f"/desk/{asked_twice.number}?act=ask")

    assert "sudah dijeda 2 kali" in page.text
    assert "Kirim pertanyaan" not in page.text
    assert f"/desk/{asked_twice.number}?act=note#answer-box" in page.text


def test_supervisor_asks_the_third_question(login: Login, city: City, asked_twice: Report) -> None:
    boss = login(city.boss)
    page = boss.get(f"/desk/{asked_twice.number}?act=ask")
    assert "keputusan atasan" in page.text

    boss.submit(page, "/responses", body="Tiang nomor berapa yang padam?")

    assert asked_twice.assignment.question_count == 3


def test_nobody_types_a_question_while_one_waits(desk: CheckingClient, city: City) -> None:
    report = city.report()
    say(report.assignment, "question", city.user, "2026-11-16 09:00")

    page = desk.get(f"/desk/{report.number}?act=ask")

    assert "masih menunggu jawaban warga" in page.text
    assert "Kirim pertanyaan" not in page.text
