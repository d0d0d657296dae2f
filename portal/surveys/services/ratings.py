"""Keep what people say of answers: the verdict on a closure, and what they think of one answer."""

from datetime import datetime

from sqlalchemy import select

from portal.assignments.models import Response
from portal.assignments.rules import Verdict
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l
from portal.surveys.models import AnswerRating, Rating
from portal.surveys.rules.instruments import INSTRUMENTS, Kind, unfit


def rate(
    assignment_id: int,
    *,
    closure: int,
    verdict: Verdict,
    stars: int | None,
    comment: str,
    at: datetime,
) -> Rating:
    """One verdict per closure; a later one about the same closure takes its place, and its words."""
    _check(verdict, stars)
    former = db.session.scalar(
        select(Rating).filter_by(assignment_id=assignment_id, closure=closure, superseded_at=None)
    )
    if former is not None:
        former.superseded_at, former.comment = at, ""
    rating = Rating(
        assignment_id=assignment_id, closure=closure, verdict=verdict, stars=stars, comment=comment, at=at
    )
    db.session.add(rating)
    return rating


def rate_answer(
    response: Response,
    *,
    user_id: int | None,
    verdict: Verdict,
    stars: int | None,
    comment: str,
    at: datetime,
) -> AnswerRating:
    """One rating per answer and person; `user_id` is None for whoever brought the matter. A later one takes
    the place of the first."""
    _check(verdict, stars)
    rating = db.session.scalar(
        select(AnswerRating).filter_by(response_id=response.id, user_id=user_id)
    ) or AnswerRating(response_id=response.id, user_id=user_id)
    rating.verdict, rating.stars, rating.comment, rating.at = verdict, stars, comment, at
    db.session.add(rating)
    return rating


def _check(verdict: Verdict, stars: int | None) -> None:
    if unfit(INSTRUMENTS[Kind.RATING], {"solved": verdict.value, "stars": stars}) is not None:
        raise DomainError(_l("Penilaian dari 1 sampai 5."), field="stars")
