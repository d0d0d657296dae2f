"""What the handlers of an idea's status read of it."""

from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.accounts.models import User
from portal.assignments.models import Assignment
from portal.assignments.owners import Brief, Said
from portal.db import db
from portal.i18n import _, format_number
from portal.projects.comments import queries as comments
from portal.projects.ideas.models import Idea, IdeaPhoto
from portal.projects.ideas.photos import shown
from portal.surveys import verdicts


def brief(assignment: Assignment) -> Brief:
    """The text as typed, how many support it, and what its author said about it since."""
    idea = _idea(assignment)
    return Brief(
        kind=_("Gagasan"),
        text=idea.body,
        html=idea.body_html,
        author=idea.author.name,
        facts=[
            (_("Rencana bersama"), idea.project.title),
            (_("Tempat"), idea.place or _("Tidak disebutkan")),
            (_("Pendukung"), format_number(idea.supporter_count)),
            (_("Komentar"), format_number(idea.comment_count)),
        ],
        photos=[shown(photo) for photo in idea.photos],
        said=[
            *(
                Said(at=one.at, who=idea.author.name, text=one.body)
                for one in comments.said_by(idea.subject, idea.author_id)
            ),
            *verdicts.said(assignment, idea.author.name),
        ],
    )


def is_own(assignment: Assignment) -> bool:
    """Did this request's account give the idea?"""
    return bool(current_user.is_authenticated) and _author_id(assignment) == current_user.id


def is_hidden(assignment: Assignment) -> bool:
    return db.session.scalar(select(Idea.hidden_at).filter_by(assignment_id=assignment.id)) is not None


def _author_id(assignment: Assignment) -> int | None:
    return db.session.scalar(select(Idea.author_id).filter_by(assignment_id=assignment.id))


def _idea(assignment: Assignment) -> Idea:
    return (
        db.session.scalars(
            select(Idea)
            .filter_by(assignment_id=assignment.id)
            .options(
                joinedload(Idea.author).lazyload(User.role_rows),
                joinedload(Idea.project),
                joinedload(Idea.photos).joinedload(IdeaPhoto.attachment),
            )
        )
        .unique()
        .one()
    )
