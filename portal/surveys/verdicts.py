"""What whoever brought a matter says of the answer, wherever it came from; reports have more endings, and
their own page for it."""

from datetime import datetime

from sqlalchemy import literal, select, union_all

from portal.assignments import changes
from portal.assignments import services as assignments
from portal.assignments.models import Assignment, Response
from portal.assignments.owners import Said
from portal.assignments.rules import AssignmentState, Verdict
from portal.db import db
from portal.deadlines import services as deadlines
from portal.errors import DomainError
from portal.i18n import _, _l
from portal.surveys import services
from portal.surveys.models import AnswerRating, Rating


def said(assignment: Assignment, who: str) -> list[Said]:
    """What whoever brought it (`who`) and others with the same matter wrote beside their ratings; one
    statement."""
    verdicts = select(Rating.at, Rating.comment, literal(True)).where(
        Rating.assignment_id == assignment.id, Rating.superseded_at.is_(None), Rating.comment != ""
    )
    opinions = (
        select(AnswerRating.at, AnswerRating.comment, AnswerRating.user_id.is_(None))
        .join(Response, Response.id == AnswerRating.response_id)
        .where(Response.assignment_id == assignment.id, AnswerRating.comment != "")
    )
    others = _("Warga yang mengalami hal yang sama")
    return sorted(
        (
            Said(at=at, who=who if is_owner else others, text=comment)
            for at, comment, is_owner in db.session.execute(union_all(verdicts, opinions))
        ),
        key=lambda one: one.at,
    )


def may_judge(assignment: Assignment) -> bool:
    """Is there an answer that was neither agreed with nor disputed?"""
    return assignment.state is AssignmentState.ANSWERED and assignment.disputed_at is None


def may_reopen(assignment: Assignment, *, at: datetime) -> bool:
    """Once, within 30 days of the answer, also after it was agreed with."""
    return (
        assignment.resolved_at is not None
        and assignment.withdrawn_at is None
        and assignment.disputed_at is None
        and assignment.state in (AssignmentState.ANSWERED, AssignmentState.CLOSED)
        and deadlines.may_reopen(assignment.clock, at=at)
    )


def give(
    assignment: Assignment, *, verdict: Verdict, stars: int | None, comment: str, at: datetime
) -> Rating:
    """Solved, also in part, ends the matter; it can still be reopened. Not solved reopens it, once; a second
    time, or later, moderators look at it."""
    changes.claim(assignment)
    if not may_judge(assignment):
        raise DomainError(_l("Jawaban ini tidak sedang menunggu penilaian Anda."))
    closure = deadlines.reopenings(assignment.clock) + 1
    rating = services.rate(
        assignment.id, closure=closure, verdict=verdict, stars=stars, comment=comment, at=at
    )
    can_be_reopened = may_reopen(assignment, at=at)
    changes.record("verdict", assignment, at, verdict=verdict.value, stars=stars)
    if verdict is not Verdict.NOT:
        assignments.finish(assignment, at=at)
    elif can_be_reopened:
        _reopen(assignment, at)
    else:
        assignments.dispute(assignment, at=at)
    return rating


def reopen(assignment: Assignment, *, at: datetime) -> None:
    """It was not solved after all. Raises DomainError when it was reopened before, or is too old."""
    if not may_reopen(assignment, at=at):
        raise DomainError(_l("Hanya bisa dibuka kembali sekali, dalam 30 hari setelah dijawab."))
    _reopen(assignment, at)


def _reopen(assignment: Assignment, at: datetime) -> None:
    assignments.reopen(assignment, at=at)
    changes.record("reopened", assignment, at)
