"""More time: who asks, who decides, and what happens until then."""

import pytest

from portal.assignments import extensions
from portal.assignments.models import Assignment
from portal.deadlines.models import StageDeadline
from portal.deadlines.rules.stages import Stage
from portal.errors import DomainError
from portal.ledger import queries as ledger
from tests.assignments.duties import at, make_duty, officer, remember, say, seed_calendars


@pytest.fixture(autouse=True)
def _city(session: object) -> None:
    seed_calendars()
    remember()


def resolve(assignment: Assignment) -> StageDeadline:
    return [row for row in assignment.clock.stages if row.stage is Stage.RESOLVE][-1]


def asked(
    duty: Assignment, *, days: int = 3, when: str = "2026-11-20 10:00", reason: str = "Menunggu suku cadang."
):
    user, _official = officer()
    return extensions.ask(duty, Stage.RESOLVE, days=days, reason=reason, by=user, at=at(when))


def test_until_it_is_decided_the_old_due_time_stands() -> None:
    duty = make_duty()

    asked(duty)

    assert resolve(duty).due_at == at("2026-12-04 16:30")


def test_a_granted_wish_moves_the_due_time_and_keeps_the_original_one() -> None:
    duty = make_duty()
    boss, _leader = officer()
    wish = asked(duty, days=3)

    extensions.decide(wish, is_granted=True, by=boss, at=at("2026-11-23 10:00"))

    assert resolve(duty).due_at == at("2026-12-09 16:00")
    assert resolve(duty).original_due_at == at("2026-12-04 16:30")
    assert [event.kind for event in ledger.events_of(f"trial:{duty.number}")][-2:] == [
        "extension_asked",
        "extension_granted",
    ]


def test_a_refused_wish_changes_nothing_and_is_not_asked_again() -> None:
    duty = make_duty()
    boss, _leader = officer()

    extensions.decide(asked(duty), is_granted=False, by=boss, at=at("2026-11-23 10:00"))

    assert resolve(duty).due_at == at("2026-12-04 16:30")
    with pytest.raises(DomainError):
        asked(duty)


@pytest.mark.parametrize(
    "wish",
    [
        pytest.param({"when": "2026-12-07 08:00"}, id="after it was due"),
        pytest.param({"days": 0}, id="no days"),
        pytest.param({"days": 90}, id="more than the policy allows"),
        pytest.param({"reason": " "}, id="no reason"),
    ],
)
def test_a_wish_that_breaks_a_rule_is_not_taken(wish: dict[str, object]) -> None:
    duty = make_duty()

    with pytest.raises(DomainError):
        asked(duty, **wish)


def test_nothing_is_decided_twice_or_after_the_answer() -> None:
    user, holder = officer()
    boss, _leader = officer()
    duty = make_duty(holder)
    wish = asked(duty)
    say(duty, "answer", user, "2026-11-23 09:00")

    with pytest.raises(DomainError):
        extensions.decide(wish, is_granted=True, by=boss, at=at("2026-11-23 10:00"))
    extensions.decide(wish, is_granted=False, by=boss, at=at("2026-11-23 11:00"))
    with pytest.raises(DomainError):
        extensions.decide(wish, is_granted=False, by=boss, at=at("2026-11-23 12:00"))
