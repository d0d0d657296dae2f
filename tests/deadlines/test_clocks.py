"""Stored clocks: what the verbs write, and that the copies agree with the ledger."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from portal.deadlines import importers, queries, services
from portal.deadlines.models import Clock, ClockEntry, StageDeadline
from portal.deadlines.rules.stages import Matter, Stage, Step
from portal.errors import DomainError
from tests.builders import make_agency, make_official
from tests.deadlines.ledgers import local


@pytest.fixture(autouse=True)
def _city(session: object) -> None:
    importers.seed(zone="Asia/Jakarta", at=local("2026-01-02"))


def opened(at: str = "2026-11-13", matter: Matter = Matter.COMPLAINT, **changes: object) -> Clock:
    stages = (Stage.RESPOND, Stage.RESOLVE)
    return services.open_clock(matter, **{"stages": stages, "at": local(at), **changes})  # type: ignore[arg-type]


def stage(clock: Clock, name: Stage = Stage.RESOLVE) -> StageDeadline:
    return [row for row in clock.stages if row.stage is name][-1]


def test_an_opened_clock_stores_its_due_times() -> None:
    clock = opened()

    assert stage(clock, Stage.RESPOND).due_at == local("2026-11-20 16:30")
    assert stage(clock).due_at == local("2026-12-03 16:00")
    assert stage(clock).is_open
    assert [entry.kind for entry in clock.entries] == ["start"]


def test_a_resolving_answer_is_a_first_answer_too_and_stays_the_first() -> None:
    clock = opened()

    services.meet(clock, Stage.RESOLVE, at=local("2026-11-20 16:30"))
    services.meet(clock, Stage.RESOLVE, at=local("2026-11-25"))

    assert stage(clock, Stage.RESPOND).met_at == local("2026-11-20 16:30")
    assert stage(clock).met_at == local("2026-11-20 16:30")
    assert not stage(clock).is_open


def test_a_question_leaves_no_due_time_until_the_reply() -> None:
    clock = opened()

    services.pause(clock, at=local("2026-11-17 10:05"))
    assert (stage(clock).due_at, stage(clock).is_paused) == (None, True)
    assert clock.pause_ends_at == local("2026-12-01 16:00")

    services.resume(clock, at=local("2026-11-23 08:00"))
    assert stage(clock).due_at == local("2026-12-09 16:00")
    assert clock.pause_ends_at is None


def test_a_third_question_needs_the_supervisor() -> None:
    clock = opened()
    for day in ("2026-11-17", "2026-11-19"):
        services.pause(clock, at=local(day))
        services.resume(clock, at=local(day) + timedelta(hours=1))

    with pytest.raises(DomainError):
        services.pause(clock, at=local("2026-11-23"))
    services.pause(clock, at=local("2026-11-23"), with_supervisor=True)

    assert clock.paused_at == local("2026-11-23")


def test_a_second_question_waits_for_the_first() -> None:
    clock = opened()
    services.pause(clock, at=local("2026-11-17"))

    with pytest.raises(DomainError):
        services.pause(clock, at=local("2026-11-18"))


def test_an_extension_is_granted_once_if_it_was_asked_for_in_time() -> None:
    clock = opened()
    in_time, late = local("2026-12-03 15:59"), local("2026-12-03 16:00")

    assert not services.may_extend(clock, Stage.RESOLVE, at=late)
    services.extend(clock, Stage.RESOLVE, days=5, asked_at=in_time, at=local("2026-12-04"))

    assert stage(clock).due_at == local("2026-12-10 16:00")
    assert stage(clock).original_due_at == local("2026-12-03 16:00")
    with pytest.raises(DomainError):
        services.extend(clock, Stage.RESOLVE, days=1, asked_at=in_time, at=local("2026-12-05"))


def test_an_extension_is_no_longer_than_the_policy_allows() -> None:
    clock = opened()

    with pytest.raises(DomainError):
        services.extend(clock, Stage.RESOLVE, days=8, asked_at=local("2026-11-16"), at=local("2026-11-16"))


def test_a_transfer_moves_the_stage_to_its_new_holder() -> None:
    official, other = make_official(), make_official()
    clock = opened("2026-11-16", agency_id=official.agency_id, official_id=official.id)

    services.transfer(
        clock, agency_id=other.agency_id, official_id=other.id, calendar_key="six_day", at=local("2026-11-19")
    )

    assert [row.official_id for row in clock.stages] == [other.id, other.id]
    assert stage(clock, Stage.RESPOND).due_at == local("2026-11-25 14:00")  # Saturday counts
    assert stage(clock).due_at == local("2026-12-04 16:30")
    assert len(clock.stages) == 2


def test_what_fell_due_stays_with_the_agency_that_held_it() -> None:
    official, other = make_official(), make_official()
    clock = opened("2026-11-02", agency_id=official.agency_id, official_id=official.id)

    services.transfer(
        clock, agency_id=other.agency_id, official_id=other.id, calendar_key=None, at=local("2026-11-24")
    )

    late, fresh, resolve = sorted(clock.stages, key=lambda row: (row.stage != Stage.RESPOND, row.round))
    assert (late.round, late.is_open, late.accountable_agency_id) == (1, False, official.agency_id)
    assert late.ended_at == local("2026-11-24")
    assert (fresh.round, fresh.is_open, fresh.official_id) == (2, True, other.id)
    # Due 20 November, so it had fallen due under the first agency; the second one works on it.
    assert (resolve.accountable_agency_id, resolve.agency_id) == (official.agency_id, other.agency_id)


def test_a_handover_restarts_nothing() -> None:
    official, substitute = make_official(), make_official()
    clock = opened(agency_id=official.agency_id, official_id=official.id)
    due_before = [row.due_at for row in clock.stages]

    services.hand_over(clock, official_id=substitute.id)

    assert [row.due_at for row in clock.stages] == due_before
    assert {row.official_id for row in clock.stages} == {substitute.id}
    assert len(clock.entries) == 1


def closed() -> Clock:
    clock = opened("2026-11-02")
    services.meet(clock, Stage.RESOLVE, at=local("2026-11-12 12:00"))
    services.close(clock, at=local("2026-11-12 12:00"))
    return clock


def test_reopening_goes_on_with_the_days_left() -> None:
    clock = closed()

    services.reopen(clock, at=local("2026-11-25"))

    assert stage(clock).due_at == local("2026-12-04 16:30")
    assert (stage(clock).met_at, stage(clock).is_open, clock.closed_at) == (None, True, None)
    assert stage(clock, Stage.RESPOND).met_at == local("2026-11-12 12:00")


@pytest.mark.parametrize(("day", "may"), [("2026-12-12 23:59", True), ("2026-12-13 00:00", False)])
def test_reopening_is_possible_for_thirty_days(day: str, may: bool) -> None:
    assert services.may_reopen(closed(), at=local(day)) is may


def test_a_second_dispute_goes_to_moderators() -> None:
    clock = closed()
    services.reopen(clock, at=local("2026-11-25"))
    services.meet(clock, Stage.RESOLVE, at=local("2026-11-27"))
    services.close(clock, at=local("2026-11-27"))

    with pytest.raises(DomainError):
        services.reopen(clock, at=local("2026-11-28"))
    services.reopen(clock, at=local("2026-11-28"), by_moderator=True)

    assert stage(clock).is_open


def test_an_imported_matter_keeps_its_due_time_word_for_word() -> None:
    due = datetime.fromisoformat("2019-06-01T03:17:05+00:00")

    clock = services.import_due(
        "complaint", due={Stage.RESOLVE: due}, at=due - timedelta(days=2), met={Stage.RESOLVE: due}
    )
    services.reopen(clock, at=due + timedelta(days=3))
    services.pause(clock, at=due + timedelta(days=4))

    assert (stage(clock).due_at, stage(clock).next_step_at) == (due, None)


def test_the_ledger_cannot_be_changed(session: sa.orm.Session) -> None:
    clock = opened()

    for statement in (sa.update(ClockEntry).values(seq=7), sa.delete(ClockEntry)):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), session.begin_nested():
            session.execute(statement.where(ClockEntry.clock_id == clock.id))


def test_a_line_never_stands_before_the_one_above_it() -> None:
    clock = opened()
    services.pause(clock, at=local("2026-11-17 10:05"))

    services.resume(clock, at=local("2026-11-17 10:04"))

    assert clock.entries[-1].at == local("2026-11-17 10:05")


def test_stored_copies_agree_with_a_fresh_reckoning() -> None:
    clock = opened()
    services.pause(clock, at=local("2026-11-17"))
    services.resume(clock, at=local("2026-11-19"))
    services.extend(clock, Stage.RESOLVE, days=3, asked_at=local("2026-11-20"), at=local("2026-11-20"))

    reckoned = queries.reckonings([clock.id], local("2026-11-21"))[clock.id]

    for name, found in reckoned.stages.items():
        row = stage(clock, name)
        assert (row.due_at, row.original_due_at) == (found.due_at, found.original_due_at)


# The escalation ladder


def test_each_rung_is_taken_once_and_in_order() -> None:
    clock = opened()  # 14 days from 16 November to 3 December
    row = stage(clock)
    later = local("2026-12-20")

    taken = [services.take_step(row, at=later) for _ in range(5)]

    assert taken == [Step.REMIND, Step.WARN, Step.DUE, Step.OVERDUE, None]
    assert row.next_step_at is None


def test_the_ladder_stands_at_its_shares_of_office_time() -> None:
    row = stage(opened())
    moments = []
    while row.next_step_at is not None:
        moments.append(row.next_step_at)
        services.take_step(row, at=row.next_step_at)

    # 14 days hold 2 Fridays of 540 minutes and 12 days of 510: half of 7,200 is 3,600.
    assert moments == [
        local("2026-11-24 16:00"),
        local("2026-12-01 09:00"),
        local("2026-12-03 16:00"),
        local("2026-12-10 16:00"),
    ]


def test_a_rung_not_yet_reached_is_not_taken() -> None:
    assert services.take_step(stage(opened()), at=local("2026-11-16")) is None


def test_a_transfer_begins_a_new_ladder_for_the_new_official() -> None:
    agency = make_agency()
    clock = opened("2026-11-16")
    row = stage(clock, Stage.RESPOND)
    services.take_step(row, at=local("2026-11-19 12:00"))

    services.transfer(
        clock, agency_id=agency.id, official_id=None, calendar_key=None, at=local("2026-11-19 13:00")
    )

    assert (row.step_count, row.due_at) == (0, local("2026-11-26 16:00"))


def test_a_paused_clock_does_not_escalate() -> None:
    clock = opened()
    services.pause(clock, at=local("2026-11-17"))

    assert queries.due_steps(local("2027-02-01")) == []


def test_a_pause_ends_by_itself_when_nobody_replies() -> None:
    clock = opened("2026-12-14")
    services.pause(clock, at=local("2026-12-15"))

    assert queries.capped_pauses(local("2026-12-31 16:00")) == []
    for found in queries.capped_pauses(local("2027-01-02")):
        services.end_capped_pause(found, at=local("2027-01-02"))

    assert clock.entries[-1].at == local("2026-12-31 16:00")
    assert stage(clock).due_at == local("2027-01-22 16:30")


def test_history_skips_the_rungs_that_lie_in_the_past(session: sa.orm.Session) -> None:
    history = services.History(
        Matter.COMPLAINT, stages=[Stage.RESPOND, Stage.RESOLVE], at=local("2026-10-01")
    )
    history.meet(Stage.RESPOND, at=local("2026-10-05"))

    clock = history.store(at=local("2026-11-22"))
    session.flush()

    assert stage(clock).due_at == local("2026-10-21 16:00")
    assert stage(clock).next_step_at is None
