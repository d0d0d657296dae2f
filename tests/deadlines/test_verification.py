"""Every stored copy is what its ledger says, and whatever is not is found."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.deadlines import checking, defaults, importers, jobs, services
from portal.deadlines.models import Calendar, Clock, ClockCheck, StageDeadline
from portal.deadlines.rules.ledger import EntryKind
from portal.deadlines.rules.stages import Matter, Stage
from portal.deadlines.services import revisions
from tests.builders import make_agency
from tests.deadlines.ledgers import local

BOTH = (Stage.RESPOND, Stage.RESOLVE)
LATER = local("2027-02-01")


@pytest.fixture(autouse=True)
def _city(session: object) -> None:
    importers.seed(zone="Asia/Jakarta", at=local("2026-01-02"))


@pytest.fixture
def clock() -> Clock:
    return services.open_clock(Matter.COMPLAINT, stages=BOTH, at=local("2026-11-13"))


def plant(session: sa.orm.Session, model: Any, **values: object) -> None:
    """Change a stored copy behind everybody's back."""
    session.execute(sa.update(model).values(**values))
    session.expire_all()


def found() -> list[str]:
    return [difference.field for difference in services.verify().differences]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("matter", "suggestion"),
        ("category", "pju"),
        ("is_imported", True),
        ("policy_version_id", None),
        ("city_calendar_version_id", None),
        ("agency_calendar_version_id", None),
        ("paused_at", LATER),
        ("pause_ends_at", LATER),
        ("closed_at", LATER),
    ],
)
def test_each_planted_column_of_a_clock_is_found(
    session: sa.orm.Session, clock: Clock, column: str, value: object
) -> None:
    assert found() == []

    plant(session, Clock, **{column: value})

    assert found() == [column]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("origin_at", LATER),
        ("due_at", LATER),
        ("due_at", None),
        ("original_due_at", LATER),
        ("met_at", LATER),
        ("ended_at", LATER),
        ("is_open", False),
        ("is_paused", True),
        ("next_step_at", None),
    ],
)
def test_each_planted_column_of_a_stage_is_found(session: sa.orm.Session, column: str, value: object) -> None:
    services.open_clock(Matter.COMPLAINT, stages=[Stage.RESOLVE], at=local("2026-11-13"))

    plant(session, StageDeadline, **{column: value})

    assert found() == [column]


def test_a_row_that_is_missing_is_found(session: sa.orm.Session, clock: Clock) -> None:
    session.delete(clock.stages[0])
    session.flush()

    assert found() == ["row"]


@pytest.mark.parametrize("column", ["agency_id", "accountable_agency_id"])
def test_a_planted_holder_is_found(session: sa.orm.Session, clock: Clock, column: str) -> None:
    plant(session, StageDeadline, **{column: make_agency().id})

    assert set(found()) == {column}


def test_a_row_too_many_is_found(session: sa.orm.Session, clock: Clock) -> None:
    plant(session, StageDeadline, round=2)

    assert found() == ["row"] * 4


def test_nothing_differs_after_a_life_with_every_kind_of_line(session: sa.orm.Session, clock: Clock) -> None:
    live_on(session, clock)
    services.import_due(
        Matter.COMPLAINT,
        due={Stage.RESOLVE: local("2026-12-03 11:11")},
        met={Stage.RESOLVE: local("2026-12-01")},
        at=local("2026-11-13"),
    )
    session.flush()

    kinds = session.scalars(sa.text("SELECT DISTINCT kind FROM clock_entries")).all()
    assert set(kinds) == {kind.value for kind in EntryKind}
    assert found() == []


def live_on(session: sa.orm.Session, clock: Clock) -> None:
    services.pause(clock, at=local("2026-11-16"))
    services.resume(clock, at=local("2026-11-18"))
    services.extend(clock, Stage.RESOLVE, days=3, asked_at=local("2026-11-18"), at=local("2026-11-19"))
    other = make_agency()
    services.transfer(
        clock, agency_id=other.id, official_id=None, calendar_key="six_day", at=local("2026-12-01")
    )
    decree(session)
    document = defaults.policy_document()
    document["matters"]["complaint"]["resolve"]["limit"] = 20
    version = services.import_policy_version(document, at=local("2026-12-02"))
    application = services.apply_policy(version, reason="Putusan", at=local("2026-12-02"))
    services.recalculate(clock, revisions.of_policy(application), at=local("2026-12-02"))
    services.escalate(clock.stages[-1], at=local("2027-01-20"))
    services.meet(clock, Stage.RESPOND, at=local("2027-01-20"))
    services.close(clock, at=local("2027-01-21"))
    services.reopen(clock, at=local("2027-01-25"))
    services.pause(clock, at=local("2027-01-25 11:00"))
    jobs.end_pauses(local("2027-03-01"))


def decree(session: sa.orm.Session) -> None:
    calendar = session.scalars(sa.select(Calendar).where(Calendar.is_city)).one()
    document = defaults.calendar_document("five_day", "Asia/Jakarta")
    document["holidays"].append({"on": "2026-12-03", "kind": "closure", "name": "Banjir"})
    version = services.import_calendar_version(calendar, document, at=local("2026-12-01 12:00"))
    services.recalculate_batch(revisions.of_calendar(version), at=local("2026-12-01 12:00"))


def test_batches_go_through_all_clocks_once(session: sa.orm.Session) -> None:
    clocks = [services.open_clock(Matter.COMPLAINT, stages=BOTH, at=local("2026-11-13")) for _ in range(5)]

    first = services.verify(limit=3)
    second = services.verify(after_id=first.last_id, limit=3)

    assert (first.clock_count, first.stage_count, second.clock_count) == (3, 6, 2)
    assert second.last_id == clocks[-1].id
    assert services.verify(after_id=second.last_id).clock_count == 0


def test_the_command_says_that_all_is_well(app: Flask, clock: Clock) -> None:
    outcome = app.test_cli_runner().invoke(args=["deadlines", "verify"])

    assert outcome.exit_code == 0
    assert outcome.output == "OK: 1 clocks with 2 stages were recomputed and none differs.\n"


def test_the_command_names_each_difference_and_fails(
    app: Flask, session: sa.orm.Session, clock: Clock
) -> None:
    clock.stages[1].due_at += timedelta(days=1)
    session.flush()

    outcome = app.test_cli_runner().invoke(args=["deadlines", "verify"])

    assert outcome.exit_code == 1
    assert (
        f"FAILED clock {clock.id}, resolve, round 1: due_at is stored as 2026-12-04T09:00:00+00:00, "
        "recomputed as 2026-12-03T09:00:00+00:00" in outcome.output
    )
    assert "1 clocks with 2 stages were recomputed; 1 stored copies differ." in outcome.output


def test_the_daily_check_keeps_what_it_found(session: sa.orm.Session, clock: Clock) -> None:
    jobs.check_copies(local("2026-11-16"))
    plant(session, Clock, closed_at=LATER)
    jobs.check_copies(local("2026-11-17"))

    newest = checking.last()

    assert newest is not None
    assert (newest.clock_count, newest.difference_count) == (1, 1)
    assert "closed_at" in newest.differences[0]
    assert session.scalars(sa.select(ClockCheck.difference_count).order_by(ClockCheck.id)).all() == [0, 1]
