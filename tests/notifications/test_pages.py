"""The list behind the bell."""

from collections.abc import Callable
from typing import Any

from portal.accounts.models import User
from portal.db import transaction
from portal.notifications import letters, queries, services
from tests.builders import MONDAY, make_user


def tell(user: User, number: int) -> None:
    with transaction():
        services.tell(
            services.to_user(user),
            "hello",
            key=f"{user.id}:{number}",
            at=MONDAY,
            path=f"/reports/MDN-26-{number:06}",
            title=f"Laporan {number}",
        )


def test_person_reads_what_they_were_told_and_nobody_else(login: Callable[[User], Any]) -> None:
    sari, budi = make_user(), make_user()
    tell(sari, 1)
    tell(budi, 2)

    page = login(sari).get("/notifications").text

    assert "Laporan 1" in page
    assert 'href="/reports/MDN-26-000001"' in page
    assert "Laporan 2" not in page


def test_list_says_what_each_letter_says_without_its_addresses() -> None:
    body = "Tugas baru untuk Anda.\n\nLampu\npadam\n\nJatuh tempo: Senin.\n\nhttps://contoh.id/desk/F-1"

    assert letters.gist(body) == "Tugas baru untuk Anda · Lampu padam · Jatuh tempo: Senin"


def test_marking_the_list_as_read_silences_the_bell(login: Callable[[User], Any]) -> None:
    sari = make_user()
    tell(sari, 1)
    client = login(sari)

    answer = client.submit(client.get("/notifications"), "/notifications/reading")

    assert answer.status_code == 303
    assert sari.unread_count == 0
    assert "Baru" not in client.get("/notifications").text


def test_long_list_leads_on_to_older_news(login: Callable[[User], Any]) -> None:
    sari = make_user()
    for number in range(queries.PAGE_SIZE + 1):
        tell(sari, number)
    client = login(sari)

    assert "Laporan 0\n" not in client.get("/notifications").text.replace("<", "\n")
    oldest = queries.told(sari)[-2].id
    assert "Laporan 0" in client.get(f"/notifications?before={oldest}").text


def test_visitor_is_asked_to_sign_in(client: Any) -> None:
    assert client.get("/notifications").location.endswith("?next=%2Fnotifications")


def test_list_takes_the_same_statements_for_any_length(
    login: Callable[[User], Any], count_sql: Callable[[], Any]
) -> None:
    sari = make_user()
    for number in range(queries.PAGE_SIZE):
        tell(sari, number)
    client = login(sari)

    with count_sql() as statements:
        client.get("/notifications")

    assert len(statements) <= 3
