"""Letters to those who gave an idea and to those who support it."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.accounts.models import User
from portal.assignments.models import Response
from portal.assignments.rules import ResponseKind
from portal.db import db
from portal.deadlines.hooks import Moved
from portal.jobs import services as jobs
from portal.notifications import services as notifications
from portal.projects import services as projects
from portal.projects.ideas.labels import STATUS
from portal.projects.ideas.models import Idea, IdeaSupporter
from portal.projects.ideas.rules import IdeaStatus

LETTERS_AT_ONCE = 200
REPLIES = {ResponseKind.QUESTION: "idea_question", ResponseKind.INTERIM: "idea_reply"}


def tell_author_of_reply(idea: Idea, response: Response) -> None:
    """The official asked something, or said how far it is."""
    _tell(idea, idea.author, REPLIES[response.kind], response, reply=response.body)


def tell_status(idea: Idea, response: Response) -> None:
    """Its author at once, its supporters by a job: they may be hundreds."""
    _tell(idea, idea.author, "idea_status", response, **_status(idea, response))
    if idea.supporter_count:
        jobs.enqueue(
            "ideas.tell_supporters",
            at=response.at,
            key=f"{idea.subject}:status:{response.id}",
            idea_id=idea.id,
            response_id=response.id,
            after_id=0,
        )


def tell_all_decided(idea: Idea, *, at: datetime) -> None:
    """The project's followers, once, when the last idea of its phase got a status: sixty letters for
    sixty ideas would teach them to read none."""
    projects.tell_followers(
        idea.project,
        "project_ideas_decided",
        key=f"phase:{idea.phase_id}:decided",
        at=at,
        path=f"/projects/{idea.project.slug}/ideas",
    )


def tell_supporters(idea: Idea, response: Response, *, after_id: int) -> int | None:
    """Write to the next supporters; the row after which to go on, None when these were the last."""
    rows = db.session.execute(
        select(IdeaSupporter.id, User)
        .join(User, User.id == IdeaSupporter.user_id)
        .where(IdeaSupporter.idea_id == idea.id, IdeaSupporter.id > after_id)
        .order_by(IdeaSupporter.id)
        .limit(LETTERS_AT_ONCE)
    ).all()
    for _row_id, user in rows:
        _tell(idea, user, "idea_status_supporter", response, **_status(idea, response))
    return rows[-1][0] if len(rows) == LETTERS_AT_ONCE else None


def tell_author(idea: Idea, letter: str, *, key: str, at: datetime, **values: Any) -> None:
    """Something happened to the answer that its author waits for; once for each `key`."""
    notifications.tell(
        notifications.to_user(idea.author),
        letter,
        key=f"{idea.subject}:{letter}:{key}",
        at=at,
        path=f"/ideas/{idea.number}",
        about=idea.subject,
        title=idea.title,
        **values,
    )


def tell_moved(idea: Idea, moved: Moved, *, at: datetime) -> None:
    """Tell its author which due time moved and why."""
    notifications.tell(
        notifications.to_user(idea.author),
        "idea_moved",
        key=f"{idea.subject}:idea_moved:{at.isoformat()}",
        at=at,
        path=f"/ideas/{idea.number}",
        title=idea.title,
        moves=moved.moves,
        cause=moved.cause,
    )


def _status(idea: Idea, response: Response) -> dict[str, Any]:
    """The status is lazy: it is put into words in each reader's language."""
    return {"status": STATUS[IdeaStatus(response.outcome or IdeaStatus.REJECTED)], "reason": response.body}


def _tell(idea: Idea, user: User, letter: str, response: Response, **values: Any) -> None:
    notifications.tell(
        notifications.to_user(user),
        letter,
        key=f"{idea.subject}:{letter}:{response.id}:{user.id}",
        at=response.at,
        path=f"/ideas/{idea.number}",
        about=idea.subject,
        title=idea.title if idea.hidden_at is None or user.id == idea.author_id else idea.number,
        project=idea.project.title,
        **values,
    )
