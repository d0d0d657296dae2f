"""What somebody above an official says to them about one duty: these two read it, and nobody else."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import abort
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.accounts.models import User
from portal.assignments import letters
from portal.assignments.models import Assignment, DutyFeedback
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l
from portal.notifications import services as notifications
from portal.notifications.rules import Recipient
from portal.organisation.models import Official
from portal.organisation.policy import may_direct


def may_give(user: User, assignment: Assignment) -> bool:
    """Whoever stands above the one who holds the duty, or held it last."""
    return may_direct(user, assignment.official)


def may_reply(user: User, feedback: DutyFeedback) -> bool:
    """The official whom it is for, once."""
    return feedback.official.user_id == user.id and not feedback.reply


def of(number: str, user: User) -> Sequence[DutyFeedback]:
    """What was said about a duty, oldest first, as far as the person said it or was told it."""
    statement = _between(user).join(DutyFeedback.assignment).where(Assignment.number == number)
    return db.session.scalars(statement.order_by(DutyFeedback.id)).all()


def of_one(feedback_id: int, user: User) -> DutyFeedback:
    """One feedback between the person and somebody else; else 404."""
    found: DutyFeedback | None = db.session.scalar(_between(user).where(DutyFeedback.id == feedback_id))
    return found or abort(404)


def give(assignment: Assignment, *, body: str, by: User, at: datetime) -> DutyFeedback:
    """Say something to the official about this duty; the letter names the duty and no word of it."""
    official = assignment.official
    if official is None:
        raise DomainError(_l("Tugas ini belum dipegang siapa pun."))
    if not body.strip():
        raise DomainError(_l("Tulis umpan baliknya."), field="body")
    feedback = DutyFeedback(
        assignment=assignment, official=official, author=by, body=body.strip(), at=at, reply=""
    )
    db.session.add(feedback)
    db.session.flush()
    _tell(letters.recipient(official), feedback, "duty_feedback", at)
    return feedback


def reply(feedback: DutyFeedback, *, body: str, at: datetime) -> None:
    """The official has read it; with words when there is something to say."""
    db.session.refresh(feedback, with_for_update={"of": DutyFeedback})
    if feedback.reply or (feedback.acknowledged_at is not None and not body.strip()):
        raise DomainError(_l("Umpan balik ini sudah Anda tanggapi."))
    feedback.acknowledged_at = feedback.acknowledged_at or at
    feedback.reply = body.strip()
    _tell(notifications.to_user(feedback.author), feedback, "duty_feedback_answered", at)


def _between(user: User) -> Select[Any]:
    """Filtered here and nowhere else: no role reads what two people said to each other."""
    return (
        select(DutyFeedback)
        .join(DutyFeedback.official)
        .where(or_(DutyFeedback.author_id == user.id, Official.user_id == user.id))
        .options(
            contains_eager(DutyFeedback.official),
            joinedload(DutyFeedback.author).lazyload(User.role_rows),
            joinedload(DutyFeedback.assignment),
        )
    )


def _tell(reader: Recipient, feedback: DutyFeedback, letter: str, at: datetime) -> None:
    number = feedback.assignment.number
    notifications.tell(
        reader,
        letter,
        key=f"feedback:{feedback.id}:{letter}:{'reply' if feedback.reply else 'read'}",
        at=at,
        path=f"/desk/{number}/feedback",
        number=number,
    )
