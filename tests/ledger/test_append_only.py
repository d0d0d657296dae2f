"""The record cannot be quietly changed: the database itself refuses."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from portal.db import Model, db
from portal.ledger import queries, services
from tests.builders import MONDAY

# ruff
PROTECTED = (
    "events",
    "seals",
    "seal_members",
    "editions",
    "edition_files",
    "clock_entries",
    "calendar_versions",
    "policy_versions",
    "policy_applications",
    "administration_changes",
)
CHANGES = ("UPDATE events SET kind = 'other'", "DELETE FROM events")

# What changes rows without the words UPDATE or DELETE, on each engine.
WAY_AROUND = {
    "sqlite": "INSERT OR REPLACE INTO events SELECT id, at, 'other', subject, details FROM events",
    "postgresql": "TRUNCATE events CASCADE",
}


def record() -> None:
    services.record("report.received", subject="report:MDN-26-000001", at=MONDAY, kind_of_matter="complaint")
    db.session.flush()


def test_what_was_recorded_is_read_in_order(session: Any) -> None:
    record()
    services.record("report.verified", subject="report:MDN-26-000001", at=MONDAY)

    events = queries.events_of("report:MDN-26-000001")

    assert [event.kind for event in events] == ["report.received", "report.verified"]
    assert events[0].details == {"kind_of_matter": "complaint"}


@pytest.mark.parametrize("change", CHANGES)
def test_recorded_line_is_neither_changed_nor_deleted(session: Any, change: str) -> None:
    record()

    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(text(change))


def test_record_has_no_way_around(session: Any, engine_name: str) -> None:
    record()

    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(text(WAY_AROUND[engine_name]))


@pytest.mark.parametrize("table", PROTECTED)
def test_each_protected_table_has_its_triggers(session: Any, engine_name: str, table: str) -> None:
    assert table in Model.metadata.tables
    query = {
        "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table",
        "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgrelid = CAST(:table AS regclass) "
        "AND NOT tgisinternal",
    }[engine_name]

    assert session.scalar(text(query), {"table": table}) == {"sqlite": 3, "postgresql": 1}[engine_name]
