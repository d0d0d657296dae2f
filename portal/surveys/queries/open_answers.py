"""Open answers, for the moderator and beside the result."""

from collections.abc import Sequence

from flask import abort
from sqlalchemy import func, select

from portal.db import db
from portal.surveys.models import Survey, SurveyRemark
from portal.surveys.queries.paging import Page, page

REMARKS_PER_PAGE = 30
REMARKS_SHOWN = 50  # released ones beside a result


def released_remarks(survey: Survey) -> Sequence[SurveyRemark]:
    """Open answers that a moderator released, in no order that says who came first."""
    return db.session.scalars(
        select(SurveyRemark)
        .where(SurveyRemark.survey_id == survey.id, SurveyRemark.is_released.is_(True))
        .order_by(SurveyRemark.question_code, SurveyRemark.id)
        .limit(REMARKS_SHOWN)
    ).all()


def remarks(survey: Survey, *, is_released: bool | None, after: str | None) -> Page:
    """Open answers for the moderator: unread (None), released or withheld ones."""
    statement = (
        select(SurveyRemark)
        .where(SurveyRemark.survey_id == survey.id, SurveyRemark.is_released.is_(is_released))
        .order_by(SurveyRemark.id)
        .limit(REMARKS_PER_PAGE + 1)
    )
    if after:
        statement = statement.where(SurveyRemark.id > after)
    return page(db.session.scalars(statement).all(), REMARKS_PER_PAGE, lambda remark: remark.id)


def unread_remark_count(survey: Survey) -> int:
    return (
        db.session.scalar(
            select(func.count())
            .select_from(SurveyRemark)
            .where(SurveyRemark.survey_id == survey.id, SurveyRemark.is_released.is_(None))
        )
        or 0
    )


def remark_or_404(survey: Survey, remark_id: str) -> SurveyRemark:
    remark = db.session.get(SurveyRemark, remark_id)
    return remark if remark is not None and remark.survey_id == survey.id else abort(404)
