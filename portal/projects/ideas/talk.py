"""Ideas are commented on: what a comment means for its idea."""

from flask import url_for
from sqlalchemy import update

from portal.assignments import services as assignments
from portal.assignments.rules import AssignmentState
from portal.db import db
from portal.projects.comments import homes
from portal.projects.comments.homes import Home, Thing
from portal.projects.comments.models import ProjectComment
from portal.projects.ideas import policy, queries
from portal.projects.ideas.models import Idea


def register_home() -> None:
    """Called once at app start."""
    homes.register("idea", Home(find=_find, written=_written, counted=_counted))


def _find(number: str) -> Thing | None:
    idea = queries.idea(number)
    if idea is None:
        return None
    return Thing(
        project=idea.project,
        title=idea.title if policy.stands(idea) else idea.number,
        url=url_for("ideas.show", number=idea.number),
        is_open=policy.stands(idea),
    )


def _written(comment: ProjectComment) -> None:
    """Its author answers the official by a comment: a clock that waited for it runs on."""
    idea = queries.idea(comment.about.removeprefix("idea:"))
    if idea is None or idea.author_id != comment.author_id or idea.assignment is None:
        return
    if idea.assignment.state == AssignmentState.OPEN:
        assignments.resident_replied(idea.assignment, at=comment.at)


def _counted(number: str, by: int) -> None:
    idea = queries.idea(number)
    if idea is None:
        return
    db.session.execute(
        update(Idea)
        .where(Idea.id == idea.id)
        .values(comment_count=Idea.comment_count + by)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(idea, ["comment_count"])
