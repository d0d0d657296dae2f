"""Keep the verdict on one closure."""

from datetime import datetime

from sqlalchemy import select

from portal.assignments.rules import Verdict
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l
from portal.surveys.models import Rating
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
    """One verdict per closure; a later one about the same closure takes its place."""
    _check(verdict, stars)
    rating = db.session.scalar(
        select(Rating).filter_by(assignment_id=assignment_id, closure=closure)
    ) or Rating(assignment_id=assignment_id, closure=closure)
    rating.verdict, rating.stars, rating.comment, rating.at = verdict, stars, comment, at
    db.session.add(rating)
    return rating


def _check(verdict: Verdict, stars: int | None) -> None:
    if unfit(INSTRUMENTS[Kind.RATING], {"solved": verdict.value, "stars": stars}) is not None:
        raise DomainError(_l("Penilaian dari 1 sampai 5."), field="stars")
