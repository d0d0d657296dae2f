"""A resident's own reports and those that they have too or follow, with what waits for them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, func, or_, select

from portal.accounts.models import User
from portal.assignments.models import Assignment, Response
from portal.assignments.rules import MEETS_RESPOND
from portal.db import db
from portal.deadlines.models import StageDeadline
from portal.reports.models import Report, ReportContent, Supporter
from portal.reports.queries import browsing, people
from portal.reports.rules import ReportState
from portal.surveys.models import AnswerRating

Rows = Sequence[Row[*tuple[Any, ...]]]


def own(user: User, states: Sequence[ReportState], limit: int) -> Rows:
    """What this account filed, sealed ones among them: what waits for them first, then the newest."""
    is_asked = _stands_still()
    awaits_verdict = and_(Report.state == ReportState.ANSWERED, Report.disputed_at.is_(None))
    is_unrated = and_(Report.state == ReportState.OPEN, _has_unrated_answer(None))
    query = (
        browsing.public_rows()
        .add_columns(
            ReportContent.title.label("own_title"),
            Report.is_anonymous,
            Assignment.react_by,
            is_asked.label("is_asked"),
            awaits_verdict.label("awaits_verdict"),
            is_unrated.label("is_unrated"),
        )
        .join(ReportContent, ReportContent.report_id == Report.id)
        .where(Report.id.in_(people.ids_of(user)))
    )
    return _first(query, case((is_asked, 0), (awaits_verdict, 1), (is_unrated, 2), else_=3), states, limit)


def joined(user: User, states: Sequence[ReportState], limit: int) -> Rows:
    """What this account has too (`is_affected`) or follows; those with an unrated answer first."""
    is_unrated = and_(Supporter.is_affected, Report.title != "", _has_unrated_answer(user.id))
    query = (
        browsing.public_rows()
        .add_columns(Supporter.is_affected, is_unrated.label("is_unrated"))
        .join(Supporter, Supporter.report_id == Report.id)
        .where(Supporter.user_id == user.id)
    )
    return _first(query, case((is_unrated, 0), else_=1), states, limit)


def _first(query: Select[Any], rank: Any, states: Sequence[ReportState], limit: int) -> Rows:
    if states:
        query = query.where(Report.state.in_(states))
    return db.session.execute(query.order_by(rank, Report.received_at.desc()).limit(limit)).all()


def _stands_still() -> ColumnElement[bool]:
    """Does a clock wait for the reporter's reply?"""
    return exists().where(
        or_(StageDeadline.clock_id == Report.verify_clock_id, StageDeadline.clock_id == Assignment.clock_id),
        StageDeadline.is_open.is_(True),
        StageDeadline.is_paused.is_(True),
    )


def _has_unrated_answer(user_id: int | None) -> ColumnElement[bool]:
    """Is there an answer, and did this person say nothing yet of the last one? None: whoever filed it."""
    last = (
        select(func.max(Response.id))
        .where(
            Response.assignment_id == Report.assignment_id,
            Response.kind.in_(MEETS_RESPOND),
            Response.overturned_at.is_(None),
        )
        .correlate(Report)
        .scalar_subquery()
    )
    whose = AnswerRating.user_id.is_(None) if user_id is None else AnswerRating.user_id == user_id
    return and_(last.is_not(None), ~exists().where(AnswerRating.response_id == last, whose))
