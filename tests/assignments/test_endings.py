"""Life after the answer, whatever a duty is about: agreed, disputed, withdrawn, over by itself."""

from typing import Any

import pytest

from portal.accounts.models import User
from portal.assignments import services, silence
from portal.assignments.models import Assignment
from portal.assignments.rules import AssignmentState, Verdict
from portal.errors import DomainError
from portal.ledger import queries as ledger
from portal.organisation.models import Official
from portal.surveys import verdicts
from tests.assignments.duties import Memory, at, make_duty, officer, refuse, remember, say, seed_calendars


@pytest.fixture(autouse=True)
def owner(session: object) -> Memory:
    seed_calendars()
    return remember()


@pytest.fixture
def holder() -> tuple[User, Official]:
    return officer()


@pytest.fixture
def answered(holder: tuple[User, Official]) -> Assignment:
    user, official = holder
    duty = make_duty(official)
    say(duty, "answer", user, "2026-11-18 10:00")
    return duty


def judge(duty: Assignment, when: str, *, verdict: Verdict) -> None:
    verdicts.give(duty, verdict=verdict, stars=4, comment="", at=at(when))


def events(duty: Assignment) -> list[str]:
    return [event.kind for event in ledger.events_of(f"trial:{duty.number}")]


def test_who_agrees_ends_the_matter(answered: Assignment) -> None:
    judge(answered, "2026-11-19 10:00", verdict=Verdict.SOLVED)

    assert answered.state is AssignmentState.CLOSED
    assert answered.ended_at == at("2026-11-19 10:00")
    assert "verdict" in events(answered)


def test_who_disagrees_opens_it_again_once(holder: tuple[User, Official], answered: Assignment) -> None:
    judge(answered, "2026-11-19 10:00", verdict=Verdict.NOT)

    assert answered.state is AssignmentState.OPEN
    assert holder[1].open_count == 1
    assert "reopened" in events(answered)


def test_second_disagreement_goes_to_moderators(holder: tuple[User, Official], answered: Assignment) -> None:
    judge(answered, "2026-11-19 10:00", verdict=Verdict.NOT)
    say(answered, "answer", holder[0], "2026-11-20 10:00")

    judge(answered, "2026-11-23 10:00", verdict=Verdict.NOT)

    assert answered.state is AssignmentState.ANSWERED
    assert answered.disputed_at == at("2026-11-23 10:00")
    assert not verdicts.may_judge(answered)


def test_agreed_matter_can_still_be_opened_again_within_thirty_days(answered: Assignment) -> None:
    judge(answered, "2026-11-19 10:00", verdict=Verdict.SOLVED)

    assert not verdicts.may_reopen(answered, at=at("2026-12-19 10:00"))
    verdicts.reopen(answered, at=at("2026-12-18 10:00"))

    assert answered.state is AssignmentState.OPEN
    assert answered.ended_at is None


def test_what_is_not_answered_cannot_be_judged() -> None:
    with pytest.raises(DomainError):
        judge(make_duty(), "2026-11-19 10:00", verdict=Verdict.SOLVED)


def test_withdrawn_matter_owes_no_answer() -> None:
    duty = make_duty()

    services.withdraw(duty, at=at("2026-11-17 10:00"))

    assert duty.state is AssignmentState.CLOSED
    assert duty.withdrawn_at == duty.ended_at == at("2026-11-17 10:00")
    assert "withdrawn" in events(duty)


def test_answered_matter_cannot_be_withdrawn(answered: Assignment) -> None:
    with pytest.raises(DomainError):
        services.withdraw(answered, at=at("2026-11-19 10:00"))


def test_silence_of_ten_working_days_is_an_ending_of_its_own(answered: Assignment) -> None:
    silence.close(at("2026-12-02 15:59"))
    before = answered.state
    silence.close(at("2026-12-02 16:01"))

    assert before is AssignmentState.ANSWERED
    assert answered.silent_at == answered.ended_at == at("2026-12-02 16:01")
    assert "closed_by_silence" in events(answered)


def test_silence_after_a_refusal_leaves_it_refused(holder: tuple[User, Official]) -> None:
    duty = make_duty(holder[1])
    refuse(duty, holder[0], "2026-11-18 10:00")

    silence.close(at("2026-12-02 16:01"))

    assert duty.state is AssignmentState.CLOSED
    assert duty.silent_at is None


def test_whoever_brought_it_is_reminded_at_five_and_at_eight_days(
    answered: Assignment, owner: Memory
) -> None:
    for day in range(19, 31):
        silence.remind(at(f"2026-11-{day} 16:30"))

    assert list(dict.fromkeys(owner.reminders)) == ["0:5", "0:8"]


def test_what_is_disputed_is_never_closed_by_silence(
    holder: tuple[User, Official], answered: Assignment
) -> None:
    judge(answered, "2026-11-19 10:00", verdict=Verdict.NOT)
    say(answered, "answer", holder[0], "2026-11-20 10:00")
    judge(answered, "2026-11-23 10:00", verdict=Verdict.NOT)

    silence.close(at("2026-12-31 16:00"))

    assert answered.state is AssignmentState.ANSWERED


def test_matter_that_cannot_be_closed_keeps_back_no_other(
    holder: tuple[User, Official], answered: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_duty(holder[1], serial=2)
    say(other, "answer", holder[0], "2026-11-18 10:00")
    finish = services.finish

    def failing(duty: Assignment, **values: Any) -> None:
        if duty.id == answered.id:
            raise RuntimeError
        finish(duty, **values)

    monkeypatch.setattr(services, "finish", failing)

    assert not silence.close(at("2026-12-02 16:01"))
    assert answered.state is AssignmentState.ANSWERED
    assert other.state is AssignmentState.CLOSED
