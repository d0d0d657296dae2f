"""Moderators undo a refusal: the duty lives again with what it had left, and the resident loses nothing."""

import pytest

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments import handovers, refusals, silence
from portal.assignments.models import Assignment, Response
from portal.assignments.rules import AssignmentState, RefusalBasis, Verdict
from portal.db import db
from portal.deadlines import services as deadlines
from portal.deadlines.models import StageDeadline
from portal.deadlines.rules.ledger import EntryKind
from portal.deadlines.rules.stages import Stage
from portal.errors import DomainError
from portal.ledger import queries as ledger
from portal.notifications.models import Notification
from portal.organisation.models import Official
from portal.surveys import verdicts
from tests.assignments.duties import Memory, at, make_duty, officer, refuse, remember, say, seed_calendars
from tests.builders import make_agency, make_outside_body, make_user

REASON = "Tiang lampunya milik kota."


@pytest.fixture(autouse=True)
def owner(session: object) -> Memory:
    seed_calendars()
    return remember()


@pytest.fixture
def moderator() -> User:
    return make_user(Role.MODERATOR)


@pytest.fixture
def holder() -> tuple[User, Official]:
    _chief, above = officer(None, Role.SUPERVISOR, rank="supervisor")
    return officer(above.agency, supervisor_id=above.id)


@pytest.fixture
def refused(holder: tuple[User, Official]) -> Response:
    return refuse(make_duty(holder[1]), holder[0], "2026-11-18 10:00")


def overturn(response: Response, by: User, when: str = "2026-11-25 10:00", reason: str = REASON) -> None:
    refusals.overturn(response, reason=reason, by=by, at=at(when))


def resolve(duty: Assignment) -> StageDeadline:
    return [row for row in duty.clock.stages if row.stage is Stage.RESOLVE][-1]


def test_the_holder_goes_on_with_the_days_that_were_left(
    refused: Response, moderator: User, holder: tuple[User, Official], owner: Memory
) -> None:
    duty = refused.assignment

    overturn(refused, moderator)

    assert duty.state is AssignmentState.OPEN
    assert holder[1].open_count == 1
    # One of fourteen days had counted when it was refused: thirteen from the day after on.
    assert resolve(duty).due_at == at("2026-12-14 16:00")
    assert duty.clock.entries[-1].kind is EntryKind.REOPEN
    assert owner.heard[-1] == "overturned"


def test_everybody_concerned_is_told_and_the_record_says_so(refused: Response, moderator: User) -> None:
    overturn(refused, moderator)

    told = db.session.scalars(db.select(Notification).filter_by(kind="duty_refusal_overturned")).all()
    lines = ledger.events_of(f"trial:{refused.assignment.number}")
    assert len({one.user_id for one in told}) == 2  # the holder, and who stands above
    assert lines[-1].kind == "refusal_overturned"
    assert REASON not in str(lines[-1].details)


def test_first_timestamps_stay(refused: Response, moderator: User) -> None:
    overturn(refused, moderator)

    assert refused.assignment.resolved_at == refused.assignment.responded_at == refused.at


def test_the_resident_can_still_reopen_once(
    refused: Response, moderator: User, holder: tuple[User, Official]
) -> None:
    duty = refused.assignment
    overturn(refused, moderator)
    say(duty, "answer", holder[0], "2026-11-26 10:00")

    assert verdicts.may_reopen(duty, at=at("2026-11-27 10:00"))
    verdicts.give(duty, verdict=Verdict.NOT, stars=None, comment="", at=at("2026-11-27 10:00"))
    say(duty, "answer", holder[0], "2026-11-30 10:00")
    assert not verdicts.may_reopen(duty, at=at("2026-12-01 10:00"))


def test_a_refusal_can_be_undone_long_after_it_ended_by_silence(refused: Response, moderator: User) -> None:
    silence.close(at("2026-12-03 10:00"))

    overturn(refused, moderator, "2027-02-01 10:00")

    assert refused.assignment.state is AssignmentState.OPEN
    assert refused.assignment.ended_at is None


@pytest.mark.parametrize(
    ("who", "reason"), [("author", REASON), ("moderator", "  ")], ids=["who refused it", "without a reason"]
)
def test_who_may_not_and_what_is_missing(
    refused: Response, moderator: User, holder: tuple[User, Official], who: str, reason: str
) -> None:
    by = holder[0] if who == "author" else moderator

    with pytest.raises(DomainError):
        overturn(refused, by, reason=reason)
    assert refused.overturned_at is None


def test_it_is_undone_once_and_only_while_it_is_the_last_word(
    refused: Response, moderator: User, holder: tuple[User, Official]
) -> None:
    overturn(refused, moderator)
    say(refused.assignment, "answer", holder[0], "2026-11-26 10:00")

    with pytest.raises(DomainError):
        overturn(refused, moderator, "2026-11-27 10:00")


def test_what_moderators_refused_waits_for_moderators_again(
    moderator: User, holder: tuple[User, Official]
) -> None:
    duty = make_duty(holder[1])
    handovers.send_back(duty, reason="Bukan bidang kami.", by=holder[0], at=at("2026-11-17 10:00"))
    response = handovers.refuse(
        duty,
        basis=RefusalBasis.NOT_COMPETENT,
        outside_body=make_outside_body(),
        body="Ini urusan PLN.",
        by=moderator,
        at=at("2026-11-17 11:00"),
    )

    with pytest.raises(DomainError):
        overturn(response, moderator)
    overturn(response, make_user(Role.MODERATOR))

    assert duty.state is AssignmentState.RETURNED
    assert duty.triage_clock is not None
    assert holder[1].open_count == 0


def test_the_clock_agrees_with_its_ledger(refused: Response, moderator: User) -> None:
    overturn(refused, moderator)

    assert deadlines.verify().differences == []


@pytest.mark.parametrize("kind", ["itself", "confidential", "hidden body of the city"])
def test_grounds_lead_to_something_public(holder: tuple[User, Official], kind: str) -> None:
    duty = make_duty(holder[1])
    secret = make_duty(holder[1], serial=2, is_confidential=True)
    grounds = {
        "itself": {"basis": RefusalBasis.DUPLICATE, "duplicate_of": duty.number},
        "confidential": {"basis": RefusalBasis.DUPLICATE, "duplicate_of": secret.number},
        "hidden body of the city": {"basis": RefusalBasis.NOT_COMPETENT, "outside_body": make_agency()},
    }[kind]

    with pytest.raises(DomainError):
        refuse(duty, holder[0], "2026-11-18 10:00", **grounds)
    assert duty.state is AssignmentState.OPEN


def test_a_duplicate_keeps_the_number_as_it_is_written(holder: tuple[User, Official]) -> None:
    duty, other = make_duty(holder[1]), make_duty(holder[1], serial=2)

    response = refuse(
        duty,
        holder[0],
        "2026-11-18 10:00",
        basis=RefusalBasis.DUPLICATE,
        duplicate_of=f" {other.number.lower()} ",
        outside_body=make_outside_body(),  # left over from another basis
    )

    assert response.duplicate_of == other.number
    assert response.outside_body_id is None
