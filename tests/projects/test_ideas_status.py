"""Every idea is owed a status with its reason from the end of collecting on."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.accounts.rules import Role
from portal.assignments import owners
from portal.assignments import services as assignments
from portal.assignments.models import Assignment
from portal.assignments.rules import AssignmentState, ResponseKind, Verdict
from portal.deadlines import importers
from portal.deadlines.hooks import Cause, CauseKind, Move, Moved
from portal.deadlines.models import StageDeadline
from portal.deadlines.rules.stages import Stage
from portal.errors import DomainError
from portal.ledger import queries as ledger
from portal.projects import services as projects
from portal.projects.comments import services as comments
from portal.projects.ideas import duty, services
from portal.projects.ideas.rules import IdeaStatus
from portal.routing import reasons
from portal.surveys import verdicts
from tests.builders import MONDAY, make_idea, make_project, make_user
from tests.projects.outbox import letters_to

ENDS = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)  # midnight after Monday 23 November in Medan
LATER = ENDS + timedelta(hours=9)


@pytest.fixture(autouse=True)
def calendars(session, time_machine):
    time_machine.move_to(LATER + timedelta(days=3))
    importers.seed(zone="Asia/Jakarta", at=datetime(2026, 1, 2, tzinfo=UTC))


def test_nothing_is_owed_while_ideas_are_collected():
    idea = make_idea()

    duty.owe_statuses(ENDS - timedelta(seconds=1))

    assert idea.assignment is None


def test_status_is_owed_by_the_responsible_official_from_the_end_of_collecting():
    idea = make_idea()

    duty.owe_statuses(LATER)

    owed = idea.assignment
    assert owed.official == idea.project.official
    assert (owed.received_at, owed.disposed_at) == (ENDS, ENDS)
    assert reasons.tell(owed.routing_reason) == "Ditangani oleh penanggung jawabnya."


def test_ten_working_days_after_the_end_of_collecting(session):
    idea = make_idea()

    duty.owe_statuses(LATER)
    session.flush()

    stage = session.scalars(select(StageDeadline).filter_by(clock_id=idea.assignment.clock_id)).one()
    assert stage.due_at == datetime(2026, 12, 8, 9, 0, tzinfo=UTC)


def test_each_idea_gets_one_duty_however_often_the_job_runs(session):
    make_idea(), make_idea()

    for minute in range(3):
        duty.owe_statuses(LATER + timedelta(minutes=minute))

    assert len(session.scalars(select(Assignment).filter_by(origin="idea")).all()) == 2


def test_late_runner_changes_no_due_time():
    idea = make_idea()

    duty.owe_statuses(ENDS + timedelta(days=3))

    assert idea.assignment.disposed_at == ENDS


def test_prolonged_phase_owes_later(session):
    idea = make_idea()
    _prolong(idea, date(2026, 11, 30))

    duty.owe_statuses(LATER)
    assert idea.assignment is None

    duty.owe_statuses(LATER + timedelta(days=7))
    assert idea.assignment.disposed_at == ENDS + timedelta(days=7)


def test_ended_phase_is_not_prolonged():
    idea = make_idea()

    with pytest.raises(DomainError):
        _prolong(idea, date(2026, 12, 30), at=LATER)


def test_withdrawn_and_hidden_ideas_are_owed_nothing():
    withdrawn, hidden = make_idea(), make_idea()
    services.withdraw(withdrawn, at=MONDAY)
    services.hide(hidden, at=MONDAY)

    duty.owe_statuses(LATER)

    assert (withdrawn.assignment, hidden.assignment) == (None, None)


def test_idea_shown_again_after_collecting_is_owed_from_then_on():
    idea = make_idea()
    services.hide(idea, at=MONDAY)
    duty.owe_statuses(LATER)

    services.unhide(idea, at=LATER)

    assert idea.assignment.disposed_at == LATER


def test_idea_made_of_a_thread_after_collecting_is_owed_from_then_on():
    project = make_project()

    idea = make_idea(project, at=LATER, origin="thread:F-1")

    assert idea.assignment.received_at == LATER


def test_answer_gives_the_status_and_tells_author_and_supporters(session):
    idea, fan = make_idea(), make_user()
    services.support(idea, by=fan, at=MONDAY)
    duty.owe_statuses(LATER)

    _answer(idea, "partly", "Bangku jadi, kolam belum ada dananya.")

    assert idea.status == IdeaStatus.PARTLY
    assert idea.status_response.body == "Bangku jadi, kolam belum ada dananya."
    assert letters_to(idea.author) == [f'Diterima sebagian: gagasan Anda "{idea.title}"']
    assert letters_to(fan) == [f'Diterima sebagian: gagasan "{idea.title}"']
    assert "answered" in [event.kind for event in ledger.events_of(idea.subject)]


def test_supporters_of_a_hidden_idea_read_its_status_but_not_its_words(session):
    idea, fan = make_idea(), make_user()
    services.support(idea, by=fan, at=MONDAY)
    duty.owe_statuses(LATER)
    services.hide(idea, at=LATER)

    _answer(idea, "rejected", "Tidak muat.")

    assert letters_to(fan) == [f'Tidak diterima: gagasan "{idea.number}"']
    assert letters_to(idea.author) == [f'Tidak diterima: gagasan Anda "{idea.title}"']


def test_followers_are_told_once_when_every_idea_has_its_status():
    project, follower = make_project(), make_user()
    projects.follow(project, by=follower, at=MONDAY)
    first, second = make_idea(project), make_idea(project)
    duty.owe_statuses(LATER)

    _answer(first, "accepted", "Baik.")
    assert letters_to(follower) == []

    _answer(second, "accepted", "Baik.")
    assert letters_to(follower) == [f"Semua gagasan sudah mendapat status ({project.title})"]


def test_status_without_reason_or_choice_is_refused():
    idea = make_idea()
    duty.owe_statuses(LATER)

    with pytest.raises(DomainError):
        _answer(idea, "accepted", "  ")
    with pytest.raises(DomainError):
        _answer(idea, None, "Baik.")

    assert idea.status == IdeaStatus.WAITING


def test_author_may_have_it_looked_at_once_more(session):
    idea = make_idea()
    duty.owe_statuses(LATER)
    _answer(idea, "rejected", "Tidak ada tempat.")

    verdicts.give(idea.assignment, verdict=Verdict.NOT, stars=2, comment="", at=LATER + timedelta(days=1))
    assert idea.assignment.state == AssignmentState.OPEN

    _answer(idea, "later", "Tahun depan.", at=LATER + timedelta(days=2))
    assert idea.status == IdeaStatus.LATER


def test_withdrawn_idea_ends_the_duty():
    idea = make_idea()
    duty.owe_statuses(LATER)

    services.withdraw(idea, at=LATER)

    assert idea.assignment.withdrawn_at == LATER


def test_comment_of_the_author_answers_the_question():
    idea = make_idea()
    duty.owe_statuses(LATER)
    _ask(idea)
    assert idea.assignment.clock.paused_at is not None

    comments.write(
        idea.project, idea.subject, body="Sisi timur.", by=idea.author, at=LATER + timedelta(hours=2)
    )

    assert idea.assignment.clock.paused_at is None


def test_handlers_read_text_supporters_and_what_the_author_said():
    idea = make_idea(body="Bangku menghadap kolam.")
    comments.write(idea.project, idea.subject, body="Untuk lansia.", by=idea.author, at=MONDAY)
    duty.owe_statuses(LATER)

    brief = owners.of(idea.assignment).brief(idea.assignment)

    assert brief.text == "Bangku menghadap kolam."
    assert [said.text for said in brief.said] == ["Untuk lansia."]


def _prolong(idea, closes_on, at=MONDAY):
    phase = idea.phase
    projects.change_dates(
        phase,
        opens_on=phase.opens_on,
        closes_on=closes_on,
        reason="Banjir",
        by=make_user(Role.MODERATOR),
        at=at,
    )


def _answer(idea, outcome, body, at=LATER):
    assignments.respond(
        idea.assignment,
        kind=ResponseKind.ANSWER,
        body=body,
        outcome=outcome,
        by=make_user(Role.OFFICIAL),
        at=at,
    )


def _ask(idea):
    assignments.respond(
        idea.assignment,
        kind=ResponseKind.QUESTION,
        body="Di sisi mana?",
        by=make_user(Role.OFFICIAL),
        at=LATER,
    )


def test_author_reads_that_the_due_time_moved():
    idea = make_idea()
    duty.owe_statuses(LATER)
    cause = Cause(CauseKind.POLICY, 2, "Putusan Ombudsman")
    moved = Moved(idea.assignment.clock_id, (Move(Stage.RESOLVE, LATER, LATER + timedelta(days=1)),), cause)

    owners.of(idea.assignment).due_moved(idea.assignment, moved, LATER)

    assert f'Tenggat status gagasan "{idea.title}" berubah' in letters_to(idea.author)
