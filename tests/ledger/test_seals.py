"""Events are sealed in a chain of batches, whoever seals and whoever writes at the same time."""

from datetime import timedelta
from typing import Any

import pytest
from flask_migrate import upgrade
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from portal.app import create_app
from portal.db import db, transaction
from portal.ledger import jobs, queries, rules, services
from portal.ledger.models import SealMember
from tests.builders import MONDAY
from tests.conftest import settings_for

LATER = MONDAY + timedelta(minutes=10)


def record(count: int = 1, **changes: Any) -> None:
    for serial in range(count):
        services.record(
            "report_received", subject=f"report:MDN-26-{serial:06}", **{"at": MONDAY, "kind": "é", **changes}
        )
    db.session.flush()


def test_each_event_is_sealed_once_in_the_order_of_its_id(session: Any) -> None:
    record(3)
    jobs.seal(LATER)
    record(2)
    jobs.seal(LATER + timedelta(minutes=5))

    seals = queries.seals(before=None, limit=9)
    assert [(seal.number, seal.event_count) for seal in seals] == [(2, 2), (1, 3)]
    assert seals[0].previous_digest == seals[1].digest
    assert session.query(SealMember).count() == 5


def test_great_backlog_is_sealed_in_batches(session: Any) -> None:
    record(5)

    sizes = [len(batch) for batch in queries.unsealed(until=LATER, size=2)]

    assert sizes == [2, 2, 1]


def test_event_that_just_happened_waits_for_its_neighbours(session: Any) -> None:
    record(at=LATER)

    jobs.seal(LATER)

    assert queries.head() is None


def test_event_committed_late_under_a_lower_id_comes_in_a_later_seal(session: Any) -> None:
    record(2)
    first, second = next(queries.unsealed(until=LATER))
    services.seal([second], at=LATER)

    jobs.seal(LATER)

    assert queries.lines(2) == [first.line]


def test_two_sealers_never_make_two_chains(session: Any) -> None:
    record(2)
    batch = next(queries.unsealed(until=LATER))
    services.seal(batch, at=LATER)

    with pytest.raises(IntegrityError):
        services.seal(batch, at=LATER)


def test_the_digest_of_a_seal_is_that_of_its_file(session: Any) -> None:
    record(2)
    jobs.seal(LATER)

    lines = queries.lines(1)

    seal = queries.seal(1)
    assert seal is not None
    assert rules.line_digest(rules.ndjson(lines)) == seal.events_digest
    assert lines[0].startswith('{"at":"2026-11-16T02:00:00.000000+00:00","details":{"kind":"é"},"id":')


@pytest.mark.parametrize("table", ["seals", "seal_members"])
def test_seals_are_neither_changed_nor_deleted(session: Any, table: str) -> None:
    record()
    jobs.seal(LATER)

    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(text(f"DELETE FROM {table}"))


@pytest.mark.only_on("postgresql")  # SQLite has one writer at a time; there a seal is a short transaction
def test_writer_does_not_wait_for_a_sealer(new_database: Any, tmp_path: Any) -> None:
    portal = create_app(settings_for(new_database(), tmp_path))
    with portal.app_context():
        upgrade()
        with transaction():
            record()
        batch = next(queries.unsealed(until=LATER))
        with transaction(), db.engine.connect() as writer:
            services.seal(batch, at=LATER)
            writer.execute(text("SET lock_timeout = '500ms'"))
            writer.execute(
                text("INSERT INTO events (at, kind, subject, details) VALUES (now(), 'a', 'b', '{}')")
            )
            writer.commit()

        assert db.session.scalar(text("SELECT count(*) FROM events")) == 2
        db.session.remove()
        db.engine.dispose()
