"""Who may prepare a vote, take part in it, and say what follows from it."""

from datetime import datetime
from typing import Any

from portal.projects import policy as projects
from portal.projects.models import Project
from portal.projects.voting.models import Vote
from portal.projects.voting.rules import VoteState, state_of


def state(vote: Vote, at: datetime) -> VoteState:
    return state_of(vote.opens_at, vote.closes_at, vote.published_at, at)


def may_prepare(user: Any, project: Project, vote: Vote | None, at: datetime) -> bool:
    """Those who run the project, until the vote opens: then nobody changes it any more."""
    is_open_to_change = vote is None or state(vote, at) is VoteState.PREPARED
    return is_open_to_change and projects.may_run(user, project)


def may_vote(user: Any, vote: Vote, at: datetime) -> bool:
    """Whoever has an account with a confirmed address, while the vote is open."""
    return (
        state(vote, at) is VoteState.OPEN
        and projects.may_take_part(user, vote.project)
        and user.confirmed_at is not None
    )


def may_decide(user: Any, vote: Vote) -> bool:
    """Those who run the project, once the result stands."""
    return vote.published_at is not None and projects.may_run(user, vote.project)
