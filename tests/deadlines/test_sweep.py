"""The runner passes over two hundred thousand open deadlines every minute: it reads those that are due."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from portal.assignments import jobs as duty_jobs
from portal.db import db
from portal.deadlines import jobs, queries
from portal.ledger.models import Event
from tests.assignments import duties
from tests.deadlines import masses
from tests.deadlines.pace import times

CLOCKS = 100_000  # with two open stages each
AFTER_HALF = duties.at("2026-11-19 17:00")
PACE = 12  # times as long as the driver takes for the bare indexed query; 3 to 5 on a machine at rest


@pytest.fixture
def crowd(session: Any) -> int:
    """Ten duties whose reminder is due among many that began on the evening before."""
    duties.seed_calendars()
    duties.remember()
    for serial in range(10):
        duties.make_duty(serial=serial)
    young = duties.make_duty(at=duties.at("2026-11-18 15:00"))
    return masses.multiply(young.clock, CLOCKS)


def test_sweep_reads_what_is_due_of_two_hundred_thousand(crowd: int, count_sql: Callable[[], Any]) -> None:
    with count_sql() as climbing:
        jobs.escalate(AFTER_HALF)
    with count_sql() as idle:
        jobs.escalate(AFTER_HALF)
        jobs.end_pauses(AFTER_HALF)
        duty_jobs.close_silent(AFTER_HALF)

    assert crowd == 2 * CLOCKS
    assert db.session.query(Event).filter_by(kind="escalated").count() == 10
    assert len(climbing) <= 1 + 10 * STATEMENTS_A_STEP
    assert len(idle) == 3
    assert "ix_stage_deadlines_next_step_at" in plan(BARE)
    assert times(lambda: queries.due_steps(AFTER_HALF, limit=jobs.BATCH), bare) < PACE


STATEMENTS_A_STEP = 22  # the clock held and read, the step taken, its line, and a letter to one reader
BARE = "SELECT * FROM stage_deadlines WHERE next_step_at <= {at} ORDER BY next_step_at, id LIMIT 50"


def bare() -> None:
    moment = AFTER_HALF.replace(tzinfo=None) if db.engine.dialect.name == "sqlite" else AFTER_HALF
    db.session.execute(text(BARE.format(at=":at")), {"at": f"{moment}"}).all()


def plan(statement: str) -> str:
    """What the database says of how it will find the rows."""
    begin = "EXPLAIN QUERY PLAN " if db.engine.dialect.name == "sqlite" else "EXPLAIN "
    rows = db.session.execute(text(begin + statement.format(at="'2026-11-19 10:00:00'")))
    return "\n".join(str(row) for row in rows)
