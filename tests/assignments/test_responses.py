"""What each response does to the duty, its clock, its record and its owner."""

from typing import Any

import pytest

from portal.accounts.rules import Role
from portal.assignments import services
from portal.assignments.models import Assignment
from portal.assignments.rules import EFFECTS, AssignmentState, RefusalBasis, ResponseKind
from portal.deadlines import queries as deadlines
from portal.deadlines import services as clocks
from portal.deadlines.models import StageDeadline
from portal.deadlines.rules.stages import Stage
from portal.errors import Conflict, DomainError
from portal.ledger import queries as ledger
from tests.assignments.duties import Memory, at, make_duty, officer, refuse, remember, say, seed_calendars


@pytest.fixture(autouse=True)
def memory(session: object) -> Memory:
    seed_calendars()
    return remember()


def stage(assignment: Assignment, name: Stage) -> StageDeadline:
    return [row for row in assignment.clock.stages if row.stage is name][-1]


def events(assignment: Assignment) -> list[str]:
    return [event.kind for event in ledger.events_of(f"trial:{assignment.number}")]


@pytest.mark.engine_free
def test_every_kind_of_response_has_its_effect() -> None:
    assert set(EFFECTS) == set(ResponseKind)


def test_a_disposed_duty_has_five_days_to_respond_and_fourteen_to_resolve() -> None:
    duty = make_duty()

    assert stage(duty, Stage.RESPOND).due_at == at("2026-11-23 16:00")
    assert stage(duty, Stage.RESOLVE).due_at == at("2026-12-04 16:30")
    assert duty.official.open_count == 1
    assert events(duty) == ["disposed"]


@pytest.mark.parametrize(
    ("kind", "meets_respond", "meets_resolve"),
    [
        ("acknowledgement", False, False),
        ("question", False, False),
        ("note", False, False),
        ("interim", True, False),
        ("answer", True, True),
        ("refusal", True, True),
    ],
)
def test_only_an_answer_meets_the_clock(kind: str, meets_respond: bool, meets_resolve: bool) -> None:
    user, holder = officer()
    duty = make_duty(holder)

    if kind == "refusal":
        refuse(duty, user, "2026-11-17 10:00")
    else:
        say(duty, kind, user, "2026-11-17 10:00")

    assert (stage(duty, Stage.RESPOND).met_at is not None) is meets_respond
    assert (stage(duty, Stage.RESOLVE).met_at is not None) is meets_resolve
    assert (duty.state == AssignmentState.ANSWERED) is meets_resolve


def test_the_answer_ends_the_duty_and_tells_its_owner(memory: Memory) -> None:
    user, holder = officer()
    duty = make_duty(holder)

    say(duty, "answer", user, "2026-11-17 10:00")

    assert memory.heard == ["answer", "resolved"]
    assert duty.resolved_at == duty.responded_at == at("2026-11-17 10:00")
    assert holder.open_count == 0
    assert events(duty) == ["disposed", "answered"]


def test_a_note_stays_inside(memory: Memory) -> None:
    user, holder = officer()
    duty = make_duty(holder)

    say(duty, "note", user, "2026-11-17 10:00")

    assert memory.heard == []
    assert events(duty) == ["disposed"]


def test_a_second_answer_leaves_the_first_moment_as_it_was() -> None:
    user, holder = officer()
    duty = make_duty(holder)
    say(duty, "interim", user, "2026-11-17 10:00")

    say(duty, "answer", user, "2026-11-20 10:00")

    assert duty.responded_at == at("2026-11-17 10:00")
    assert stage(duty, Stage.RESPOND).met_at == at("2026-11-17 10:00")


def test_a_question_stops_the_clock_until_the_resident_replies() -> None:
    user, holder = officer()
    duty = make_duty(holder)

    say(duty, "question", user, "2026-11-17 10:00")
    assert stage(duty, Stage.RESOLVE).due_at is None

    services.resident_replied(duty, at=at("2026-11-20 10:00"))
    assert stage(duty, Stage.RESOLVE).due_at == at("2026-12-09 16:00")


def test_the_third_question_needs_the_supervisor() -> None:
    boss, leader = officer(None, Role.SUPERVISOR)
    user, holder = officer(leader.agency, supervisor_id=leader.id)
    duty = make_duty(holder)
    for day in (17, 18):
        say(duty, "question", user, f"2026-11-{day} 10:00")
        services.resident_replied(duty, at=at(f"2026-11-{day} 15:00"))

    with pytest.raises(DomainError):
        say(duty, "question", user, "2026-11-19 10:00")
    say(duty, "question", boss, "2026-11-19 11:00")

    assert duty.question_count == 3


@pytest.mark.parametrize(
    ("kind", "changes", "field"),
    [
        pytest.param("answer", {"body": "   "}, "body", id="nothing said"),
        pytest.param("refusal", {}, "basis", id="no basis"),
        pytest.param("refusal", {"basis": RefusalBasis.UNCLEAR}, "basis", id="unclear but never asked"),
        pytest.param("refusal", {"basis": RefusalBasis.NOT_COMPETENT}, "outside_body", id="nobody named"),
        pytest.param("refusal", {"basis": RefusalBasis.DUPLICATE}, "duplicate_of", id="no number"),
        pytest.param(
            "refusal",
            {"basis": RefusalBasis.DUPLICATE, "duplicate_of": "TRY-0-9"},
            "duplicate_of",
            id="a number of nothing",
        ),
        pytest.param(
            "refusal", {"basis": RefusalBasis.UNLAWFUL, "body": " "}, "body", id="unlawful without a word"
        ),
    ],
)
def test_what_is_incomplete_is_refused_and_changes_nothing(
    kind: str, changes: dict[str, Any], field: str
) -> None:
    user, holder = officer()
    duty = make_duty(holder)
    before = duty.lock

    with pytest.raises(DomainError) as refused:
        say(duty, kind, user, "2026-11-17 10:00", **changes)

    assert refused.value.field == field
    assert (duty.lock, duty.state, duty.responses) == (before, AssignmentState.OPEN, [])


def test_unclear_is_a_basis_after_a_question_that_nobody_answered() -> None:
    user, holder = officer()
    duty = make_duty(holder)
    say(duty, "question", user, "2026-11-17 10:00")
    late = at("2026-12-02 08:00")
    assert [clock.id for clock in deadlines.capped_pauses(late)] == [duty.clock_id]
    clocks.end_capped_pause(duty.clock, at=late)
    services.question_lapsed(duty, at=late)

    say(duty, "refusal", user, "2026-12-02 09:00", basis=RefusalBasis.UNCLEAR)

    assert duty.state == AssignmentState.ANSWERED


def test_a_late_reply_takes_the_basis_away_again() -> None:
    user, holder = officer()
    duty = make_duty(holder)
    say(duty, "question", user, "2026-11-17 10:00")
    services.question_lapsed(duty, at=at("2026-12-02 08:00"))
    services.resident_replied(duty, at=at("2026-12-02 08:30"))

    with pytest.raises(DomainError):
        say(duty, "refusal", user, "2026-12-02 09:00", basis=RefusalBasis.UNCLEAR)


def test_two_who_answer_at_once_notice_each_other() -> None:
    user, holder = officer()
    duty = make_duty(holder)
    seen = duty.lock
    say(duty, "interim", user, "2026-11-17 10:00", expected_lock=seen)

    with pytest.raises(Conflict):
        say(duty, "answer", user, "2026-11-17 10:01", expected_lock=seen)

    assert duty.state == AssignmentState.OPEN


def test_an_edit_keeps_the_former_words_and_the_first_moment() -> None:
    user, holder = officer()
    duty = make_duty(holder)
    response = say(duty, "answer", user, "2026-11-17 10:00", body="Sudah diprbaiki.")

    services.edit(response, body="Sudah diperbaiki.", by=user, at=at("2026-11-18 08:00"))

    assert response.body == "Sudah diperbaiki."
    assert [version.body for version in response.versions] == ["Sudah diprbaiki."]
    assert response.at == at("2026-11-17 10:00")


def test_a_reopened_duty_lives_on_its_old_clock() -> None:
    """Golden: disposed 2 November, closed on the 12th, reopened on the 25th: due 4 December."""
    user, holder = officer()
    duty = make_duty(holder, at=at("2026-11-02 09:00"))
    say(duty, "answer", user, "2026-11-12 12:00")

    services.reopen(duty, at=at("2026-11-25 09:00"))

    assert duty.state == AssignmentState.OPEN
    assert holder.open_count == 1
    assert stage(duty, Stage.RESOLVE).due_at == at("2026-12-04 16:30")


def test_what_ended_is_carried_by_nobody() -> None:
    _user, holder = officer()
    duty = make_duty(holder)

    services.finish(duty, at=at("2026-11-17 10:00"))
    services.finish(duty, at=at("2026-11-17 11:00"))

    assert duty.state == AssignmentState.CLOSED
    assert holder.open_count == 0
    assert not any(row.is_open for row in duty.clock.stages)
