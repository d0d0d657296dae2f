"""Publish a result, and with it the duty to say what changes; release open answers."""

from datetime import datetime

from sqlalchemy import update

from portal.accounts.models import User
from portal.assignments import services as assignments
from portal.assignments.models import Assignment
from portal.db import db
from portal.deadlines.rules.stages import Matter
from portal.errors import DomainError
from portal.i18n import _l
from portal.routing import services as routing
from portal.surveys import queries
from portal.surveys.models import Survey, SurveyInvitation, SurveyRemark, SurveyResult
from portal.surveys.rules.periods import Phase
from portal.surveys.services import record

ORIGIN = "survey"


def publish(survey: Survey, *, by: User | None, at: datetime) -> SurveyResult:
    """Fix the result for good and ask the agency what it changes; the invited are forgotten.

    Where nobody answered there is nothing to answer for, and no duty.
    """
    record.claim(survey)
    if queries.phase_of(survey, at) is not Phase.CLOSED:
        raise DomainError(_l("Hasil hanya dapat diterbitkan sekali, setelah survei ditutup."))
    document = queries.computed(survey)
    result = SurveyResult(
        survey=survey, document=dict(document), published_at=at, published_by_id=by.id if by else None
    )
    db.session.add(result)
    survey.published_at = at
    db.session.flush()
    _forget_invited(survey)
    record.write(
        survey,
        "survey_published",
        at=at,
        n=document["n"],
        index=document["index"],
        grade=document["grade"],
        by=by.id if by else None,
    )
    if document["n"]:
        survey.assignment = _ask_for_changes(survey, by, at)
    return result


def release(remark: SurveyRemark, *, by: User, at: datetime) -> None:
    """Show an open answer beside the result: it says nothing that could tell who wrote it."""
    _decide(remark, is_released=True, by=by, at=at)


def withhold(remark: SurveyRemark, *, by: User, at: datetime) -> None:
    """Keep an open answer from the public; the agency's figures hold its scores all the same."""
    _decide(remark, is_released=False, by=by, at=at)


def _decide(remark: SurveyRemark, *, is_released: bool, by: User, at: datetime) -> None:
    remark.is_released, remark.decided_at, remark.decided_by_id = is_released, at, by.id
    survey = db.session.get_one(Survey, remark.survey_id)
    record.write(survey, "remark_released" if is_released else "remark_withheld", at=at, by=by.id)


def _forget_invited(survey: Survey) -> None:
    db.session.execute(
        update(SurveyInvitation)
        .where(SurveyInvitation.survey_id == survey.id)
        .values(user_id=None, address=None)
        .execution_options(synchronize_session=False)
    )


def _ask_for_changes(survey: Survey, by: User | None, at: datetime) -> Assignment:
    whose = routing.responsible(survey.official, at)
    if whose.official_id is None:  # has left office, and nobody stands in
        whose = routing.route_to(survey.agency_id, None, at)
    return assignments.dispose(
        origin=ORIGIN,
        number=survey.number,
        title=survey.title_id,
        place="",
        matter=Matter.SURVEY_CHANGES,
        category_code=None,
        area_code=None,
        routing=whose,
        is_confidential=False,
        excluded_agency_id=None,
        by=by,
        at=at,
    )
