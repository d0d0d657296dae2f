"""Stages that fell due, and what residents said of closures."""

from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, literal, or_, select, true, union_all

from portal.assignments.models import Assignment, Response
from portal.db import db
from portal.deadlines.models import StageDeadline
from portal.deadlines.rules.stages import Stage
from portal.statistics.queries import origins
from portal.statistics.rules.punctuality import DueStage
from portal.statistics.rules.scope import Scope
from portal.surveys.models import AnswerRating, Rating


class StageRow(NamedTuple):
    """A stage that fell due, with its due time as extended and as it was at first."""

    clock_id: int
    stage: Stage
    agency_id: int | None
    due_at: datetime | None
    original_due_at: datetime | None
    met_at: datetime | None
    ended_at: datetime | None

    @property
    def extended(self) -> DueStage | None:
        """Against the due time that counts."""
        return DueStage(self.due_at, self.met_at, self.ended_at) if self.due_at else None

    @property
    def original(self) -> DueStage | None:
        """Against the due time before extensions."""
        return DueStage(self.original_due_at, self.met_at, self.ended_at) if self.original_due_at else None


class Rater(StrEnum):
    """Who rated what: the reporter a closure, the reporter an interim answer, a supporter any answer."""

    VERDICT = "verdict"
    INTERIM = "interim"
    SUPPORTER = "supporter"


class RatingRow(NamedTuple):
    """One verdict of a resident on a closure, or what somebody said of one answer."""

    agency_id: int
    is_solved: bool
    stars: int | None
    rater: str = Rater.VERDICT


def due_stages(scope: Scope, agency_id: int | None = None, origin: str | None = None) -> list[StageRow]:
    """Stages due in the period, by the extended or by the original due time; also of duties that no
    resident waits for.

    A stage that began anew after it was late has two rows; the city counts the matter once, and so
    by the first of them, the late one. It belongs to the agency that held it when it was met or fell due.
    """
    columns = select(
        StageDeadline.clock_id,
        StageDeadline.stage,
        StageDeadline.accountable_agency_id,
        StageDeadline.due_at,
        StageDeadline.original_due_at,
        StageDeadline.met_at,
        StageDeadline.ended_at,
    ).where(
        or_(_falls_in(StageDeadline.due_at, scope), _falls_in(StageDeadline.original_due_at, scope)),
        true() if agency_id is None else StageDeadline.accountable_agency_id == agency_id,
        _came_from(origin),
    )
    rows = db.session.execute(columns.order_by(StageDeadline.clock_id, StageDeadline.round))
    return [StageRow(*row) for row in rows]


def _came_from(origin: str | None) -> ColumnElement[bool]:
    """Clocks of one origin; a report's verification runs on a clock that has no duty yet."""
    if origin is None:
        return true()
    if origin != origins.REPORT:
        return StageDeadline.clock_id.in_(select(Assignment.clock_id).where(Assignment.origin == origin))
    elsewhere = select(Assignment.clock_id).where(Assignment.origin != origins.REPORT)
    return StageDeadline.clock_id.not_in(elsewhere)


def _falls_in(moment: Any, scope: Scope) -> ColumnElement[bool]:
    return and_(moment >= scope.start, moment < scope.end, moment <= scope.cutoff)


def ratings(scope: Scope, agency_id: int | None = None, origin: str | None = None) -> list[RatingRow]:
    """Verdicts on matters received in the period, given by the cut-off, one for each closure; and beside them
    what was said of single answers. One statement."""
    about = (
        *origins.received_in(Assignment.received_at, scope),
        true() if agency_id is None else Assignment.agency_id == agency_id,
        true() if origin is None else Assignment.origin == origin,
    )
    verdicts = (
        select(Assignment.agency_id, Rating.is_solved, Rating.stars, literal(Rater.VERDICT.value))
        .join(Assignment, Rating.assignment_id == Assignment.id)
        .where(
            *about,
            Rating.at <= scope.cutoff,
            or_(Rating.superseded_at.is_(None), Rating.superseded_at > scope.cutoff),
        )
    )
    rater = case((AnswerRating.user_id.is_(None), Rater.INTERIM.value), else_=Rater.SUPPORTER.value)
    opinions = (
        select(Assignment.agency_id, AnswerRating.is_solved, AnswerRating.stars, rater)
        .join(Response, Response.id == AnswerRating.response_id)
        .join(Assignment, Assignment.id == Response.assignment_id)
        .where(*about, AnswerRating.at <= scope.cutoff)
    )
    return [RatingRow(*row) for row in db.session.execute(union_all(verdicts, opinions))]
