"""Comments as everybody reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from portal.accounts.models import User
from portal.db import db
from portal.organisation.models import Agency, Official
from portal.projects import keys
from portal.projects.comments.models import ProjectComment

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A comment in the talk; without text when a moderator hid it. `agency` of officials, who speak with
    a badge."""

    number: str
    subject: str
    author: str
    agency: str | None
    at: datetime
    body: str
    is_edited: bool
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Talk:
    """A page of comments, oldest first; `after` leads to the next one, None when this is the last."""

    lines: Sequence[Line]
    after: int | None = None


def of(about: str, *, after: int = 0) -> Talk:
    """What was said about a thing; one statement."""
    rows = db.session.execute(
        select(ProjectComment, User.name, Agency.name)
        .join(User, User.id == ProjectComment.author_id)
        .outerjoin(Official, Official.user_id == User.id)
        .outerjoin(Agency, Agency.id == Official.agency_id)
        .where(ProjectComment.about == about, ProjectComment.id > after)
        .order_by(ProjectComment.id)
        .limit(PAGE_SIZE + 1)
    ).all()
    lines = [_line(comment, author, agency) for comment, author, agency in rows[:PAGE_SIZE]]
    return Talk(lines, after=rows[PAGE_SIZE - 1][0].id if len(rows) > PAGE_SIZE else None)


def comment_or_404(number: str) -> ProjectComment:
    """A comment by its number "K-12", with its author and former texts."""
    comment_id = keys.number(number.removeprefix("K-")) if number.startswith("K-") else None
    if comment_id is None:
        abort(404)
    return db.session.scalar(
        select(ProjectComment)
        .options(joinedload(ProjectComment.author), selectinload(ProjectComment.versions))
        .where(ProjectComment.id == comment_id)
    ) or abort(404)


def said_by(about: str, user_id: int) -> Sequence[ProjectComment]:
    """What one person said about a thing, oldest first, without what was hidden."""
    return db.session.scalars(
        select(ProjectComment)
        .where(
            ProjectComment.about == about,
            ProjectComment.author_id == user_id,
            ProjectComment.hidden_at.is_(None),
        )
        .order_by(ProjectComment.id)
    ).all()


def _line(comment: ProjectComment, author: str, agency: str | None) -> Line:
    is_hidden = comment.hidden_at is not None
    return Line(
        number=comment.number,
        subject=comment.subject,
        author=author,
        agency=agency,
        at=comment.at,
        body="" if is_hidden else comment.body,
        is_edited=comment.edited_at is not None and not is_hidden,
        is_hidden=is_hidden,
    )
