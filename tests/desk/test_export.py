"""One's own work as a table: what it holds, what it never holds, and that it is read in batches."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import time_machine

from portal.accounts.models import User
from portal.assignments import services as assignments
from portal.assignments.rules import ResponseKind
from portal.deadlines.rules.ledger import EntryKind
from portal.desk.exporting import COLUMNS, paused_days
from portal.desk.queries import own_work
from tests.desk import crowd
from tests.desk.conftest import NOW, City
from tests.support.client import CheckingClient


def _rows(client: CheckingClient, query: str = "") -> list[dict[str, str]]:
    text = client.get(f"/desk/export.csv{query}").get_data(as_text=True)
    return list(csv.DictReader(io.StringIO(text)))


def test_a_row_says_when_and_how_and_nothing_about_the_resident(city: City, desk: CheckingClient) -> None:
    report = city.report()
    with time_machine.travel(NOW + timedelta(hours=3), tick=False):
        at = NOW + timedelta(hours=3)
        assignments.respond(report.assignment, kind=ResponseKind.ANSWER, body="Selesai.", by=city.user, at=at)
        text = desk.get("/desk/export.csv").get_data(as_text=True)
        (row,) = _rows(desk)

    assert list(row) == list(COLUMNS)
    assert row["number"] == report.number
    assert row["received_at"] == "2026-11-16T09:00+07:00"
    assert row["resolved_at"] == "2026-11-16T12:00+07:00"
    assert (row["respond_on_time"], row["resolve_on_time"], row["transfers"]) == ("1", "1", "0")
    assert "Rosmawati" not in text
    assert "Lampu jalan mati" not in text


def test_what_is_late_stays_late_and_what_is_open_is_left_open(city: City, desk: CheckingClient) -> None:
    city.report()

    (fresh,) = _rows(desk)
    with time_machine.travel(NOW + timedelta(days=9), tick=False):
        (late,) = _rows(desk)

    assert (fresh["respond_on_time"], fresh["resolve_on_time"]) == ("", "")
    assert (late["respond_on_time"], late["resolve_on_time"]) == ("0", "")


def test_only_the_period_and_only_ones_own(
    city: City, desk: CheckingClient, login: Callable[[User], CheckingClient]
) -> None:
    city.report()

    assert len(_rows(desk, "?start=2026-11-16&end=2026-11-16")) == 1
    assert _rows(desk, "?start=2026-11-17&end=2026-11-18") == []
    assert _rows(login(city.boss)) == []
    assert desk.get("/desk/export.csv?start=2026-11-18&end=2026-11-17").status_code == 422
    assert desk.get("/desk/export.csv?start=kemarin&end=").status_code == 422


def test_json_explains_its_columns(city: City, desk: CheckingClient) -> None:
    report = city.report(is_confidential=False)

    found = desk.get("/desk/export.json").get_json()

    assert list(found["columns"]) == list(COLUMNS)
    assert [row["number"] for row in found["rows"]] == [report.number]
    assert "Arti tiap kolom" in desk.get("/desk/export").get_data(as_text=True)


def test_a_thousand_rows_are_read_in_batches(
    city: City, desk: CheckingClient, count_sql: Callable[[], Any], monkeypatch: Any
) -> None:
    monkeypatch.setattr(own_work, "SIZE", 20)
    crowd.of_duties(city.report().assignment, 50)

    with count_sql() as statements:
        assert len(_rows(desk)) == 51

    assert len(statements) <= 3 + 4 * 3 + 1


def test_pauses_are_counted_in_calendar_days() -> None:
    class Entry:
        def __init__(self, kind: EntryKind, day: int) -> None:
            self.kind, self.at = kind, NOW + timedelta(days=day)

    entries = [Entry(EntryKind.PAUSE, 1), Entry(EntryKind.RESUME, 3), Entry(EntryKind.PAUSE, 5)]

    assert paused_days(entries, at=NOW + timedelta(days=6, hours=12)) == 3.5
    assert paused_days([], at=NOW) == 0
