"""Whoever changes the record past the database's own guard is found out, and what they changed is named."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from portal.db import db
from portal.ledger import jobs, queries, services
from portal.ledger.verification import Verification
from tests.builders import MONDAY

LATER = MONDAY + timedelta(hours=3)


@pytest.fixture
def sealed(session: Any) -> list[int]:
    """The ids of six events in two seals."""
    for hour in (0, 1):
        for serial in range(3):
            services.record("report_received", subject=f"report:MDN-26-{serial:06}", at=MONDAY, of=serial)
        db.session.flush()
        jobs.seal(LATER + timedelta(hours=hour))
    ids: list[int] = (
        session.execute(text("SELECT event_id FROM seal_members ORDER BY event_id")).scalars().all()
    )
    return ids


@pytest.fixture
def tamper(session: Any, engine_name: str) -> Callable[..., None]:
    """Change the database as somebody can who owns it: first the guards are taken away."""
    drop = {
        "sqlite": "SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger'"
        " AND tbl_name IN ('events', 'seals', 'seal_members')",
        "postgresql": "SELECT 'DROP TRIGGER ' || tgname || ' ON ' || tgrelid::regclass FROM pg_trigger"
        " WHERE NOT tgisinternal AND tgrelid::regclass::text IN ('events', 'seals', 'seal_members')",
    }[engine_name]
    unbind = {
        "sqlite": ["PRAGMA defer_foreign_keys = ON"],
        "postgresql": [
            "ALTER TABLE seal_members DROP CONSTRAINT IF EXISTS fk_seal_members_event_id",
            "ALTER TABLE seal_members DROP CONSTRAINT IF EXISTS fk_seal_members_seal_number",
        ],
    }[engine_name]

    def tamper(*statements: str) -> None:
        for statement in [*session.execute(text(drop)).scalars().all(), *unbind, *statements]:
            session.execute(text(statement))
        session.expire_all()

    return tamper


def faults() -> list[tuple[str, str]]:
    return list(Verification().faults())


def test_untouched_record_fits_its_seals(sealed: list[int]) -> None:
    verification = Verification()

    assert list(verification.faults()) == []
    assert (verification.count, verification.event_count) == (2, 6)


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'report_refused'",
        "subject = 'report:MDN-26-000009'",
        "details = '{\"of\": 7}'",
        "at = '2026-11-15 02:00:00+00:00'",
    ],
)
def test_changed_event_is_named(sealed: list[int], tamper: Any, change: str) -> None:
    tamper(f"UPDATE events SET {change} WHERE id = {sealed[1]}")

    [(what, sentence)] = faults()

    assert what == "changed"
    assert f"event {sealed[1]} " in sentence


def test_missing_event_is_named(sealed: list[int], tamper: Any) -> None:
    tamper(f"DELETE FROM events WHERE id = {sealed[4]}")

    assert faults() == [("missing", f"event {sealed[4]} of seal 2 is gone")]


def test_event_taken_out_of_its_seal_is_missed(sealed: list[int], tamper: Any) -> None:
    tamper(
        f"DELETE FROM seal_members WHERE event_id = {sealed[5]}", f"DELETE FROM events WHERE id = {sealed[5]}"
    )

    assert faults() == [("missing", "seal 2 has lost 1 of its 3 events")]


def test_event_put_into_a_seal_is_named(sealed: list[int], tamper: Any) -> None:
    new = sealed[-1] + 1
    tamper(
        f"INSERT INTO events (id, at, kind, subject, details) SELECT {new}, at, kind, subject, details"
        f" FROM events WHERE id = {sealed[0]}",
        f"INSERT INTO seal_members (event_id, seal_number, position, digest)"
        f" SELECT {new}, 1, 4, digest FROM seal_members WHERE event_id = {sealed[0]}",
    )

    assert ("inserted", f"event {new} was put into seal 1 after it was made") in faults()


def test_event_slipped_in_between_sealed_ones_is_named(sealed: list[int], tamper: Any) -> None:
    tamper(
        f"DELETE FROM seal_members WHERE event_id = {sealed[3]}",
        f"UPDATE events SET kind = 'other' WHERE id = {sealed[3]}",
    )

    assert [what for what, _sentence in faults()] == ["missing", "inserted"]


def test_reordered_events_are_named(sealed: list[int], tamper: Any) -> None:
    first, second = sealed[:2]
    tamper(
        f"UPDATE seal_members SET position = 99 WHERE event_id = {first}",
        f"UPDATE seal_members SET position = 1 WHERE event_id = {second}",
        f"UPDATE seal_members SET position = 2 WHERE event_id = {first}",
    )

    assert faults() == [("reordered", f"event {first} stands behind event {second} in seal 1")]


def test_event_changed_together_with_its_place_is_noticed(sealed: list[int], tamper: Any) -> None:
    tamper(f"UPDATE events SET kind = 'other' WHERE id = {sealed[0]}")
    line = queries.lines(1)[0]
    digest = services.rules.line_digest(line)
    tamper(f"UPDATE seal_members SET digest = '{digest}' WHERE event_id = {sealed[0]}")

    assert faults() == [("changed", "the events of seal 1 are not those that were sealed")]


def test_changed_seal_is_named(sealed: list[int], tamper: Any) -> None:
    tamper("UPDATE seals SET sealed_at = '2026-11-16 04:00:00+00:00' WHERE number = 1")

    assert faults() == [("changed seal", "seal 1 does not say what it said when it was made")]


def test_broken_chain_is_named(sealed: list[int], tamper: Any) -> None:
    tamper("DELETE FROM seal_members WHERE seal_number = 1", "DELETE FROM seals WHERE number = 1")

    assert [what for what, _sentence in faults()][:2] == ["missing seal", "broken chain"]


def test_command_ends_with_a_failure_and_names_what_is_wrong(
    app: Any, sealed: list[int], tamper: Any
) -> None:
    tamper(f"UPDATE events SET kind = 'other' WHERE id = {sealed[2]}")

    result = app.test_cli_runner().invoke(args=["ledger", "verify"])

    assert result.exit_code == 1
    assert f"FAILED changed: event {sealed[2]} " in result.output


def test_digest_noted_outside_must_still_stand_in_the_chain(app: Any, sealed: list[int]) -> None:
    runner = app.test_cli_runner()
    head = runner.invoke(args=["ledger", "verify", "--head"]).output.strip()

    known = runner.invoke(args=["ledger", "verify", "--expect", head])
    unknown = runner.invoke(args=["ledger", "verify", "--expect", "0" * 64])

    assert known.exit_code == 0
    assert unknown.exit_code == 1
    assert "FAILED noted digest" in unknown.output
