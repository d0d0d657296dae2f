"""Life after the answer, whatever a duty is about: agreed, disputed, withdrawn, over by itself."""

import pytest

from portal.accounts.models import User
from portal.assignments import services
from portal.assignments.models import Assignment
from portal.assignments.rules import AssignmentState
from portal.errors import DomainError
from portal.ledger import queries as ledger
from portal.organisation.models import Official
from portal.surveys import verdicts
from tests.assignments.duties import at, make_duty, officer, remember, say, seed_calendars


@pytest.fixture(autouse=True)
def _owner(session: object) -> None:
    seed_calendars()
    remember()


@pytest.fixture
def holder() -> tuple[User, Official]:
    return officer()


@pytest.fixture
def answered(holder: tuple[User, Official]) -> Assignment:
    user, official = holder
    duty = make_duty(official)
    say(duty, "answer", user, "2026-11-18 10:00")
    return duty


def judge(duty: Assignment, when: str, *, is_solved: bool) -> None:
    verdicts.give(duty, is_solved=is_solved, stars=4, comment="", at=at(when))


def events(duty: Assignment) -> list[str]:
    return [event.kind for event in ledger.events_of(f"trial:{duty.number}")]


def test_who_agrees_ends_the_matter(answered: Assignment) -> None:
    judge(answered, "2026-11-19 10:00", is_solved=True)

    assert answered.state is AssignmentState.CLOSED
    assert answered.ended_at == at("2026-11-19 10:00")
    assert "verdict" in events(answered)


def test_who_disagrees_opens_it_again_once(holder: tuple[User, Official], answered: Assignment) -> None:
    judge(answered, "2026-11-19 10:00", is_solved=False)

    assert answered.state is AssignmentState.OPEN
    assert holder[1].open_count == 1
    assert "reopened" in events(answered)


def test_second_disagreement_goes_to_moderators(holder: tuple[User, Official], answered: Assignment) -> None:
    judge(answered, "2026-11-19 10:00", is_solved=False)
    say(answered, "answer", holder[0], "2026-11-20 10:00")

    judge(answered, "2026-11-23 10:00", is_solved=False)

    assert answered.state is AssignmentState.ANSWERED
    assert answered.disputed_at == at("2026-11-23 10:00")
    assert not verdicts.may_judge(answered)


def test_agreed_matter_can_still_be_opened_again_within_thirty_days(answered: Assignment) -> None:
    judge(answered, "2026-11-19 10:00", is_solved=True)

    assert not verdicts.may_reopen(answered, at=at("2026-12-19 10:00"))
    verdicts.reopen(answered, at=at("2026-12-18 10:00"))

    assert answered.state is AssignmentState.OPEN
    assert answered.ended_at is None


def test_what_is_not_answered_cannot_be_judged() -> None:
    with pytest.raises(DomainError):
        judge(make_duty(), "2026-11-19 10:00", is_solved=True)


def test_withdrawn_matter_owes_no_answer() -> None:
    duty = make_duty()

    services.withdraw(duty, at=at("2026-11-17 10:00"))

    assert duty.state is AssignmentState.CLOSED
    assert duty.withdrawn_at == duty.ended_at == at("2026-11-17 10:00")
    assert "withdrawn" in events(duty)


def test_answered_matter_cannot_be_withdrawn(answered: Assignment) -> None:
    with pytest.raises(DomainError):
        services.withdraw(answered, at=at("2026-11-19 10:00"))


def test_undisputed_answer_is_over_when_nobody_can_dispute_it_any_more(answered: Assignment) -> None:
    services.finish_undisputed(at("2026-12-18 23:00"))
    before = answered.state
    services.finish_undisputed(at("2026-12-19 11:00"))

    assert before is AssignmentState.ANSWERED
    assert answered.ended_at == at("2026-12-19 11:00")
