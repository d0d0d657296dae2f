"""Everybody can read the seals and check them without asking anybody."""

import hashlib
from datetime import timedelta
from typing import Any

from portal.db import db
from portal.ledger import jobs, services
from tests.builders import MONDAY


def seal(count: int = 1) -> None:
    for serial in range(count):
        services.record("report_received", subject="report:MDN-26-000001", at=MONDAY, of=serial)
        db.session.flush()
        jobs.seal(MONDAY + timedelta(hours=1))


def test_page_shows_the_newest_digest_to_note(client: Any) -> None:
    seal()

    head = client.get("/ledger/seals.json").get_json()["seals"][0]

    assert head["digest"] in client.get("/ledger").get_data(as_text=True)


def test_page_without_seals_says_so(client: Any) -> None:
    assert "Belum ada segel." in client.get("/ledger").get_data(as_text=True)


def test_file_of_a_seal_has_the_digest_that_the_seal_says(client: Any) -> None:
    seal()
    [facts] = client.get("/ledger/seals.json").get_json()["seals"]

    content = client.get(facts["events"]).data

    assert hashlib.sha256(content).hexdigest() == facts["events_digest"]
    assert content.count(b"\n") == facts["event_count"]


def test_unknown_seal_is_not_found(client: Any) -> None:
    assert client.get("/ledger/seals/9.ndjson").status_code == 404


def test_older_seals_are_a_page_away(client: Any, count_sql: Any) -> None:
    seal(count=23)

    with count_sql() as statements:
        page = client.get("/ledger").get_data(as_text=True)

    assert 'href="/ledger?before=4"' in page
    assert "Segel 3" in client.get("/ledger?before=4").get_data(as_text=True)
    assert len(statements) <= 2
