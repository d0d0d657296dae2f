"""The matters, stages and ratings that the figures are made of, each in one or two statements."""

from portal.db import db
from portal.statistics.models import StatisticsSnapshot
from portal.statistics.queries.agencies import AgencyRow, agencies, received_by_agency, received_span
from portal.statistics.queries.matters import COMPETING, cases
from portal.statistics.queries.stages import Rater, RatingRow, StageRow, due_stages, ratings

__all__ = [
    "COMPETING",
    "AgencyRow",
    "Rater",
    "RatingRow",
    "StageRow",
    "agencies",
    "cases",
    "due_stages",
    "ratings",
    "received_by_agency",
    "received_span",
    "snapshot",
]


def snapshot(name: str) -> StatisticsSnapshot | None:
    """What was computed beforehand; None before the first time."""
    return db.session.get(StatisticsSnapshot, name)
