"""What the followers of a project are told of its vote."""

from datetime import datetime

from portal.projects import services as projects
from portal.projects.voting.models import Vote


def tell_result(vote: Vote, *, at: datetime) -> None:
    _tell(vote, "vote_counted", key=f"vote:{vote.id}:counted", at=at, question=vote.question)


def tell_decision(vote: Vote, *, at: datetime) -> None:
    key = f"vote:{vote.id}:decided:{at.isoformat()}"
    _tell(vote, "vote_decided", key=key, at=at, decision=vote.decision)


def _tell(vote: Vote, letter: str, *, key: str, at: datetime, **values: str) -> None:
    path = f"/projects/{vote.project.slug}/vote"
    projects.tell_followers(vote.project, letter, key=key, at=at, path=path, **values)
