"""Answers that the supervisor reads first, where the agency wants it."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.accounts.rules import Role
from portal.assignments import approvals, evidence, handovers, policy, services
from portal.assignments.models import PendingAnswer, Response
from portal.assignments.rules import AssignmentState, RefusalBasis, ResponseKind
from portal.deadlines.rules.stages import Stage
from portal.errors import Conflict, DomainError
from portal.notifications.models import Notification
from portal.organisation.models import Absence
from portal.organisation.rules import Rank
from tests.assignments.duties import at, make_duty, officer, remember, say, seed_calendars
from tests.assignments.photos import photo

ASKED = at("2026-11-17 10:00")
LATER = at("2026-12-07 10:00")  # after both due times
DAY = date(2026, 11, 17)
WORDS = "Lampunya sudah diganti."


@pytest.fixture
def line(session):
    """A holder, the supervisor and the head of an agency that wants answers to be approved."""
    seed_calendars()
    remember()
    head, chief = officer(None, Role.HEAD, rank=Rank.HEAD)
    boss, leader = officer(chief.agency, Role.SUPERVISOR, rank=Rank.SUPERVISOR, supervisor_id=chief.id)
    user, official = officer(chief.agency, supervisor_id=leader.id)
    chief.agency.needs_approval = True
    session.flush()
    return {"user": user, "official": official, "boss": boss, "leader": leader, "head": head}


def submitted(line, **changes):
    duty = make_duty(line["official"])
    values = {"kind": ResponseKind.ANSWER, "body": WORDS, "by": line["user"], "at": ASKED}
    return duty, approvals.say(duty, **{**values, **changes})


def stage(duty, wanted):
    return next(row for row in duty.clock.stages if row.stage == wanted)


def test_nothing_is_public_and_no_clock_met_until_approved(line, session):
    duty, pending = submitted(line)

    assert isinstance(pending, PendingAnswer)
    assert duty.state is AssignmentState.OPEN
    assert session.scalars(select(Response)).all() == []
    assert stage(duty, Stage.RESPOND).is_open
    assert stage(duty, Stage.RESOLVE).is_open


def test_approved_answer_is_the_officials_at_the_moment_of_approval(line):
    duty, pending = submitted(line)

    response = approvals.approve(pending, by=line["boss"], at=LATER)

    assert (response.official_id, response.at, response.body) == (line["official"].id, LATER, WORDS)
    assert duty.state is AssignmentState.ANSWERED
    assert stage(duty, Stage.RESOLVE).met_at == LATER
    assert stage(duty, Stage.RESOLVE).due_at < LATER  # lateness shows


def test_photos_go_with_what_was_approved(line):
    duty = make_duty(line["official"])
    evidence.add(duty, photo(), by=line["user"], at=ASKED)
    pending = approvals.say(duty, kind=ResponseKind.ANSWER, body=WORDS, by=line["user"], at=ASKED)

    with pytest.raises(DomainError):
        evidence.add(duty, photo(colour="red"), by=line["user"], at=ASKED)
    response = approvals.approve(pending, by=line["boss"], at=LATER)

    assert len(response.photos) == 1


def test_refusal_keeps_its_grounds(line):
    duty = make_duty(line["official"])
    pending = approvals.say(
        duty, kind=ResponseKind.REFUSAL, basis=RefusalBasis.UNLAWFUL, body=WORDS, by=line["user"], at=ASKED
    )

    response = approvals.approve(pending, by=line["boss"], at=LATER)

    assert (response.kind, response.basis) == (ResponseKind.REFUSAL, RefusalBasis.UNLAWFUL)


@pytest.mark.parametrize("kind", ["question", "interim", "note", "acknowledgement"])
def test_what_ends_nothing_is_said_at_once(line, kind):
    _duty, said = submitted(line, kind=ResponseKind(kind))

    assert isinstance(said, Response)


def test_whoever_stands_above_says_it_at_once(line):
    _duty, said = submitted(line, by=line["boss"])

    assert isinstance(said, Response)


def test_no_other_way_publishes_it(line):
    with pytest.raises(DomainError, match="persetujuan"):
        say(make_duty(line["official"]), "answer", line["user"], "2026-11-17 10:00")


def test_sent_back_with_words_it_is_a_draft_again(line):
    duty, pending = submitted(line)

    approvals.send_back(pending, words="Sebut tanggalnya.", by=line["boss"], at=LATER)

    assert duty.drafts[0].fields["body"] == WORDS
    assert duty.responses[-1].kind is ResponseKind.NOTE
    assert approvals.open_of(duty) is None


def test_second_submission_takes_the_place_of_the_first(line):
    duty, first = submitted(line)

    second = approvals.say(duty, kind=ResponseKind.ANSWER, body="Lebih jelas.", by=line["user"], at=ASKED)

    assert approvals.open_of(duty) is second
    assert first.settled_at == ASKED


def test_line_above_may_approve_and_the_writer_may_not(line):
    _duty, pending = submitted(line)

    may = {name: approvals.may_approve(line[name], pending, DAY) for name in ("user", "boss", "head")}

    assert may == {"user": False, "boss": True, "head": True}


def test_absent_supervisors_substitute_is_told_and_may_approve(line, session):
    other, substitute = officer(line["official"].agency, rank=Rank.SUPERVISOR)
    session.add(
        Absence(
            official_id=line["leader"].id,
            substitute_id=substitute.id,
            from_on=DAY,
            to_on=DAY,
            created_at=ASKED,
        )
    )
    session.flush()

    _duty, pending = submitted(line)

    told = session.scalars(select(Notification).where(Notification.kind == "answer_waiting")).all()
    assert [one.user_id for one in told] == [other.id]
    assert approvals.may_approve(other, pending, DAY)


def test_without_a_substitute_the_next_above_is_told(line, session):
    session.add(Absence(official_id=line["leader"].id, from_on=DAY, to_on=DAY, created_at=ASKED))
    session.flush()

    submitted(line)

    told = session.scalars(select(Notification).where(Notification.kind == "answer_waiting")).all()
    assert [one.user_id for one in told] == [line["head"].id]


def test_change_meanwhile_is_a_conflict_and_never_overwritten(line):
    duty, pending = submitted(line)
    seen = duty.lock
    say(duty, "interim", line["user"], "2026-11-17 11:00")

    with pytest.raises(Conflict):
        approvals.approve(pending, by=line["boss"], at=LATER, expected_lock=seen)


def test_transferred_duty_publishes_nothing_of_its_former_holder(line):
    duty, pending = submitted(line)
    _user, elsewhere = officer()

    handovers.transfer(duty, to_official=elsewhere, reason="Bukan bagian kami.", by=line["user"], at=ASKED)

    assert approvals.waiting_for(line["boss"], DAY) == []
    with pytest.raises(DomainError, match="dialihkan"):
        approvals.approve(pending, by=line["boss"], at=LATER)


def test_approved_words_are_not_edited_afterwards(line):
    _duty, pending = submitted(line)

    response = approvals.approve(pending, by=line["boss"], at=LATER)

    assert not policy.may_edit(line["user"], response)
    assert services.EVENTS[response.kind] == "answered"


def test_what_was_approved_is_not_edited_by_whoever_held_the_duty_before(line):
    duty, pending = submitted(line)
    response = approvals.approve(pending, by=line["boss"], at=LATER)
    _mate, colleague = officer(line["official"].agency, supervisor_id=line["leader"].id)
    duty.official = colleague

    assert not policy.may_edit(line["user"], response)
