"""One survey with its answers and result, and the lists of them."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, cast

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import joinedload

from portal.assignments.models import Assignment
from portal.db import db
from portal.i18n import local
from portal.organisation.models import Agency
from portal.surveys.models import Survey, SurveyResponse
from portal.surveys.queries.paging import Page, page
from portal.surveys.rules import instruments, periods, results
from portal.surveys.rules.instruments import INSTRUMENTS, Question
from portal.surveys.rules.periods import Phase
from portal.surveys.rules.results import Answered, Result

PER_PAGE = 20
AT_ONCE = 500  # responses read from the database in one go


def today(at: datetime) -> date:
    return local(at).date()


def phase_of(survey: Survey, at: datetime) -> Phase:
    return periods.phase(
        today(at),
        opens_on=survey.opens_on,
        closes_on=survey.closes_on,
        is_closed_early=survey.closed_at is not None,
        is_published=survey.published_at is not None,
    )


def questions_of(survey: Survey) -> tuple[Question, ...]:
    """What the survey asks, in the order of its page."""
    return (*INSTRUMENTS[survey.kind], *instruments.added(survey.extra_questions))


def survey_or_404(number: str) -> Survey:
    """The survey with its agency and official, or 404."""
    survey_id = _id(number)
    statement = (
        select(Survey)
        .where(Survey.id == survey_id)
        .options(
            joinedload(Survey.agency),
            joinedload(Survey.official),
            joinedload(Survey.result),
            joinedload(Survey.assignment).joinedload(Assignment.official),
        )
    )
    found = db.session.scalar(statement) if survey_id else None
    return found or abort(404)


def of_subject(subject: str) -> Survey | None:
    """The evaluation of what the subject names ("project:<slug>"); None when there is none."""
    return db.session.scalar(select(Survey).where(Survey.about == subject).options(joinedload(Survey.result)))


def published_document(survey: Survey) -> Result:
    """The result as it was published. Raises LookupError before that."""
    if survey.result is None:
        raise LookupError(survey.number)
    return cast(Result, survey.result.document)


def computed(survey: Survey) -> Result:
    """The result as the stored answers give it now; of a published survey always the published one."""
    return results.document(
        survey.kind, list(_answers(survey)), invited=survey.invited_count, population=survey.population
    )


def _answers(survey: Survey) -> Iterator[Answered]:
    rows = db.session.execute(
        select(SurveyResponse.door, SurveyResponse.answers, SurveyResponse.facts)
        .where(SurveyResponse.survey_id == survey.id)
        .execution_options(yield_per=AT_ONCE)
    )
    for door, answers, facts in rows:
        yield Answered(door, results.scores_of(answers), facts)


def open_now(at: datetime, agency_id: int | None) -> Sequence[Survey]:
    """Surveys that can be answered today, those that close first on top."""
    return listed(*_of_agency(agency_id), is_open(today(at)), order=(Survey.closes_on, Survey.id))


def in_preparation(at: datetime, agency_id: int | None) -> Sequence[Survey]:
    """Closed ones whose result is not out yet, longest waiting first."""
    is_over = or_(Survey.closes_on < today(at), Survey.closed_at.is_not(None))
    return listed(
        *_of_agency(agency_id), is_over, Survey.published_at.is_(None), order=(Survey.closes_on, Survey.id)
    )


def published(agency_id: int | None, before: str | None) -> Page:
    """Published results, newest first; `before` is the last page's `next_key`."""
    statement = (
        select(Survey)
        .where(Survey.published_at.is_not(None), *_of_agency(agency_id))
        .options(joinedload(Survey.agency), joinedload(Survey.result))
        .order_by(Survey.published_at.desc(), Survey.id.desc())
        .limit(PER_PAGE + 1)
    )
    last = _id(before or "")
    if last:
        at = select(Survey.published_at).where(Survey.id == last).scalar_subquery()
        statement = statement.where(
            or_(Survey.published_at < at, and_(Survey.published_at == at, Survey.id < last))
        )
    return page(db.session.scalars(statement).all(), PER_PAGE, lambda survey: survey.number)


def agencies_with_surveys() -> Sequence[Agency]:
    """Agencies that have any, by name."""
    return db.session.scalars(
        select(Agency).where(Agency.id.in_(select(Survey.agency_id))).order_by(Agency.name)
    ).all()


def managed(agency_id: int | None, before: str | None) -> Page:
    """All surveys, or those of one agency, newest first."""
    statement = (
        select(Survey)
        .where(*_of_agency(agency_id))
        .options(joinedload(Survey.agency), joinedload(Survey.result))
        .order_by(Survey.id.desc())
        .limit(PER_PAGE + 1)
    )
    last = _id(before or "")
    if last:
        statement = statement.where(Survey.id < last)
    return page(db.session.scalars(statement).all(), PER_PAGE, lambda survey: survey.number)


def is_open(day: date) -> ColumnElement[bool]:
    return and_(
        Survey.opens_on <= day,
        Survey.closes_on >= day,
        Survey.closed_at.is_(None),
        Survey.published_at.is_(None),
    )


def _of_agency(agency_id: int | None) -> tuple[ColumnElement[bool], ...]:
    return (Survey.agency_id == agency_id,) if agency_id is not None else ()


def listed(*conditions: Any, order: Sequence[Any]) -> Sequence[Survey]:
    statement: Select[Survey] = (
        select(Survey)
        .where(*conditions)
        .options(joinedload(Survey.agency), joinedload(Survey.result))
        .order_by(*order)
    )
    return db.session.scalars(statement).all()


def _id(number: str) -> int | None:
    """S-12 -> 12; None for anything else, or more digits than a database knows."""
    digits = number.removeprefix("S-")
    is_one = number.startswith("S-") and digits.isascii() and digits.isdigit() and len(digits) <= 9
    return int(digits) if is_one else None
