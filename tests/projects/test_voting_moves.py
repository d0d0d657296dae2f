"""A vote stays inside its phase when the phase moves, and nobody ends it while people vote."""

from datetime import timedelta

import pytest

from portal.errors import DomainError
from portal.projects import services as projects
from portal.projects.rules import PhaseKind
from portal.projects.voting import policy
from portal.projects.voting.rules import VoteState
from tests.builders import MONDAY, make_phase, make_project, make_user, make_vote


def days(count):
    return MONDAY + timedelta(days=count)


def move(phase, opens, closes):
    span = {"opens_on": days(opens).date(), "closes_on": days(closes).date()}
    projects.change_dates(phase, **span, reason="Gedung dipakai Pemilu.", by=make_user(), at=MONDAY)


@pytest.fixture
def phase(session):
    """Ahead of us: from the tenth to the twentieth day."""
    project = make_project(PhaseKind.COLLECT)
    span = {"opens_on": days(10).date(), "closes_on": days(20).date()}
    return make_phase(project, PhaseKind.PRIORITISE, **span)


def test_vote_that_lasts_as_long_as_its_phase_moves_with_it(phase):
    vote = make_vote(phase.project)
    move(phase, 30, 40)

    assert policy.state(vote, days(15)) is VoteState.PREPARED
    assert policy.state(vote, days(35)) is VoteState.OPEN
    assert policy.state(vote, days(41)) is VoteState.CLOSED


def test_vote_with_days_of_its_own_keeps_them_as_far_as_the_phase_reaches(phase):
    vote = make_vote(phase.project, opens_at=days(12), closes_at=days(18))
    move(phase, 10, 15)

    assert vote.opens_at == days(12)
    assert days(15) < vote.closes_at < days(16)


def test_vote_whose_days_the_phase_leaves_lasts_as_long_as_the_phase(phase):
    vote = make_vote(phase.project, opens_at=days(12), closes_at=days(14))
    move(phase, 30, 40)

    assert [policy.state(vote, days(at)) for at in (13, 31)] == [VoteState.PREPARED, VoteState.OPEN]


def test_phase_does_not_end_before_an_open_vote(session):
    vote = make_vote()

    with pytest.raises(DomainError, match="tidak ditutup lebih awal"):
        move(vote.phase, -7, 2)
    assert vote.phase.closes_on == days(7).date()


def test_longer_phase_does_not_make_an_open_vote_longer(session):
    vote = make_vote()
    closes_at = vote.closes_at
    move(vote.phase, -7, 20)

    assert vote.closes_at == closes_at
