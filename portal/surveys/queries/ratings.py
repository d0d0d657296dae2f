"""What was said of the answers to a matter."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import case, func, select

from portal.assignments.models import Response
from portal.assignments.rules import MEETS_RESPOND, Verdict
from portal.db import db
from portal.surveys.models import AnswerRating, Rating


class Opinion(NamedTuple):
    """What supporters say of one answer: how many rated it, found it solved, and gave stars; their mean."""

    rater_count: int
    solved_count: int
    stars_count: int
    stars: float | None


def last_verdict(assignment_id: int) -> Rating | None:
    """The verdict on the last closure that has one."""
    return db.session.scalar(
        select(Rating)
        .filter_by(assignment_id=assignment_id, superseded_at=None)
        .order_by(Rating.id.desc())
        .limit(1)
    )


def to_rate(responses: Sequence[Response]) -> Response | None:
    """Of everything that was said, in its order, the answer that can be rated: the last one that stands."""
    answers = [one for one in responses if one.kind in MEETS_RESPOND and one.overturned_at is None]
    return answers[-1] if answers else None


def answer_rating(response_id: int, user_id: int | None) -> AnswerRating | None:
    """What one person said of an answer; `user_id` is None for whoever brought the matter."""
    return db.session.scalar(select(AnswerRating).filter_by(response_id=response_id, user_id=user_id))


def supporters_opinions(assignment_id: int) -> dict[int, Opinion]:
    """What supporters say, by the answer's id."""
    solved = func.sum(case((AnswerRating.verdict == Verdict.SOLVED, 1), else_=0))
    rows = db.session.execute(
        select(
            AnswerRating.response_id,
            func.count(),
            solved,
            func.count(AnswerRating.stars),
            func.avg(AnswerRating.stars),
        )
        .join(Response, Response.id == AnswerRating.response_id)
        .where(Response.assignment_id == assignment_id, AnswerRating.user_id.is_not(None))
        .group_by(AnswerRating.response_id)
    )
    return {
        response_id: Opinion(count, solved, starred, None if stars is None else float(stars))
        for response_id, count, solved, starred, stars in rows
    }
