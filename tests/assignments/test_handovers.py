"""Handing a duty on: hops, declines, the moderators, and colleagues."""

import pytest

from portal.accounts.rules import Role
from portal.assignments import handovers
from portal.assignments.models import Assignment
from portal.assignments.rules import AssignmentState
from portal.deadlines.models import StageDeadline
from portal.deadlines.rules.stages import Stage
from portal.errors import DomainError
from portal.ledger import queries as ledger
from portal.routing import services as routing
from tests.assignments.duties import Memory, at, make_duty, officer, remember, say, seed_calendars
from tests.builders import make_agency, make_official


@pytest.fixture(autouse=True)
def memory(session: object) -> Memory:
    seed_calendars()
    return remember()


def stage(assignment: Assignment, name: Stage) -> StageDeadline:
    return [row for row in assignment.clock.stages if row.stage is name][-1]


def events(assignment: Assignment) -> list[str]:
    return [event.kind for event in ledger.events_of(f"trial:{assignment.number}")]


def test_a_transfer_restarts_the_response_and_never_the_resolution(memory: Memory) -> None:
    """Golden: disposed Monday 16 November, transferred Thursday: respond 26 November, resolve 4 December."""
    user, holder = officer()
    duty, receiver = make_duty(holder), make_official()

    handovers.transfer(
        duty,
        reason="Tiang ini milik dinas lain.",
        to_agency=receiver.agency,
        by=user,
        at=at("2026-11-19 10:00"),
    )

    assert stage(duty, Stage.RESPOND).due_at == at("2026-11-26 16:00")
    assert stage(duty, Stage.RESOLVE).due_at == at("2026-12-04 16:30")
    assert (duty.agency, duty.official, duty.hop_count) == (receiver.agency, receiver, 1)
    assert (holder.open_count, receiver.open_count) == (0, 1)
    assert memory.heard == ["transfer", "moved"]
    assert events(duty) == ["disposed", "transferred"]


def test_a_transfer_to_a_person_goes_to_that_person() -> None:
    user, holder = officer()
    agency = make_agency()
    make_official(agency)
    wanted = make_official(agency, open_count=9)
    duty = make_duty(holder)

    handovers.transfer(duty, reason="Bukan kami.", to_official=wanted, by=user, at=at("2026-11-19 10:00"))

    assert duty.official == wanted


def test_a_waiting_question_does_not_stop_the_receivers_clock() -> None:
    user, holder = officer()
    duty = make_duty(holder)
    say(duty, "question", user, "2026-11-17 10:00")

    handovers.transfer(
        duty, reason="Bukan kami.", to_agency=make_official().agency, by=user, at=at("2026-11-19 10:00")
    )

    assert stage(duty, Stage.RESPOND).due_at == at("2026-11-26 16:00")


def test_a_transfer_needs_a_reason_and_another_agency_of_the_city() -> None:
    user, holder = officer()
    duty = make_duty(holder)
    external = make_official(make_agency(is_external=True)).agency
    when = at("2026-11-19 10:00")

    with pytest.raises(DomainError):
        handovers.transfer(duty, reason=" ", to_agency=make_official().agency, by=user, at=when)
    with pytest.raises(DomainError):
        handovers.transfer(duty, reason="Bukan kami.", to_agency=holder.agency, by=user, at=when)
    with pytest.raises(DomainError):
        handovers.transfer(duty, reason="Bukan kami.", to_agency=external, by=user, at=when)
    with pytest.raises(DomainError):
        handovers.transfer(duty, reason="Bukan kami.", by=user, at=when)

    assert duty.hop_count == 0


def test_the_unit_that_a_matter_is_about_never_receives_it() -> None:
    concerned = make_agency()
    chief = make_official(make_agency())  # the chief of the unit's head
    make_official(concerned, supervisor_id=chief.id)
    user, holder = officer()
    duty = make_duty(holder, excluded_agency_id=concerned.id)
    when = at("2026-11-19 10:00")

    with pytest.raises(DomainError):
        handovers.transfer(duty, reason="Bukan kami.", to_agency=concerned, by=user, at=when)
    with pytest.raises(DomainError):
        handovers.transfer(duty, reason="Bukan kami.", to_official=chief, by=user, at=when)


def test_after_the_second_hop_moderators_decide() -> None:
    user, holder = officer()
    duty = make_duty(holder)
    for day in (17, 18):
        handovers.transfer(
            duty,
            reason="Bukan kami.",
            to_agency=make_official().agency,
            by=user,
            at=at(f"2026-11-{day} 10:00"),
        )

    with pytest.raises(DomainError):
        handovers.transfer(
            duty, reason="Bukan kami.", to_agency=make_official().agency, by=user, at=at("2026-11-19 10:00")
        )
    handovers.send_back(duty, reason="Bukan kami juga.", by=user, at=at("2026-11-19 10:00"))

    assert duty.state == AssignmentState.RETURNED
    assert events(duty)[-1] == "returned"
    assert duty.decline_count == 0


def test_a_declined_duty_is_at_triage_for_one_working_day() -> None:
    user, holder = officer()
    receiver, official = officer()
    duty = make_duty(holder)
    handovers.transfer(duty, reason="Bukan kami.", to_official=official, by=user, at=at("2026-11-19 10:00"))

    handovers.send_back(duty, reason="Bukan kami juga.", by=receiver, at=at("2026-11-20 10:00"))

    assert duty.triage_clock.stages[0].due_at == at("2026-11-23 16:00")
    assert (duty.hop_count, duty.decline_count) == (1, 1)
    assert official.open_count == 0
    assert events(duty)[-1] == "declined"


def test_the_moderators_decision_gives_the_new_holder_the_whole_response_time() -> None:
    user, holder = officer()
    duty, wanted = make_duty(holder), make_official()
    handovers.transfer(
        duty, reason="Bukan kami.", to_agency=make_official().agency, by=user, at=at("2026-11-17 10:00")
    )
    handovers.send_back(duty, reason="Bukan kami juga.", by=user, at=at("2026-11-18 10:00"))
    triage_clock = duty.triage_clock
    found = routing.route_to(wanted.agency_id, None, at("2026-11-19 10:00"))

    handovers.redispose(duty, routing=found, by=user, at=at("2026-11-19 10:00"))

    assert (duty.state, duty.official, duty.hop_count) == (AssignmentState.OPEN, wanted, 1)
    assert stage(duty, Stage.RESPOND).due_at == at("2026-11-26 16:00")
    assert triage_clock.stages[0].met_at == at("2026-11-19 10:00")
    assert wanted.open_count == 1


def test_a_colleague_takes_over_without_a_hop_and_without_more_time() -> None:
    boss, leader = officer(None, Role.SUPERVISOR)
    _user, holder = officer(leader.agency, supervisor_id=leader.id)
    colleague = make_official(leader.agency)
    duty = make_duty(holder)
    due = stage(duty, Stage.RESPOND).due_at

    handovers.reassign(duty, to_official=colleague, by=boss, at=at("2026-11-19 10:00"))

    assert (duty.official, duty.hop_count) == (colleague, 0)
    assert stage(duty, Stage.RESPOND).due_at == due
    assert stage(duty, Stage.RESPOND).official_id == colleague.id
    assert (holder.open_count, colleague.open_count) == (0, 1)


def test_another_agencys_official_is_no_colleague() -> None:
    user, holder = officer()
    duty = make_duty(holder)

    with pytest.raises(DomainError):
        handovers.reassign(duty, to_official=make_official(), by=user, at=at("2026-11-19 10:00"))
