"""Surveys with boring, valid values; tests change what they are about."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.db import db
from portal.deadlines import importers
from portal.notifications.rules import Recipient
from portal.organisation.models import Agency, Official
from portal.surveys import queries, services
from portal.surveys.models import AgencyService, Survey, SurveyInvitation, SurveyRemark, SurveyResult
from portal.surveys.rules.instruments import scored
from portal.surveys.services import Plan
from tests.builders import MONDAY, make_agency, make_official, make_user

AFTER = MONDAY + timedelta(days=31)  # the day after the last one
_serial = count(1)


def make_service(agency: Agency | None = None, **changes: Any) -> AgencyService:
    number = next(_serial)
    values = {"name_id": f"Layanan {number}", "name_en": f"Service {number}", "serves_reporters": False}
    return services.save_service(
        None, agency=agency or make_agency(), is_active=True, at=MONDAY, **{**values, **changes}
    )


def make_survey(service: AgencyService | None = None, *, at: datetime = MONDAY, **changes: Any) -> Survey:
    """A satisfaction survey that opens on the day of `at`."""
    service = service or make_service()
    values = {
        "official_id": changes.pop("official_id", None) or make_official(service.agency).id,
        "opens_on": queries.today(at),
        "closes_on": queries.today(at) + timedelta(days=30),
        "population": 300,
    }
    return services.open_skm(service, Plan(**{**values, **changes}), by=None, at=at)


def make_evaluation(**changes: Any) -> Survey:
    official = make_official()
    values = {
        "subject": f"project:taman-{next(_serial)}",
        "title": "Taman Amplas yang baru",
        "path": "/projects/taman",
        "agency_id": official.agency_id,
        "official_id": official.id,
        "opens_on": queries.today(MONDAY),
        "closes_on": queries.today(MONDAY) + timedelta(days=30),
    }
    return services.open_evaluation(**{**values, **changes}, by=None, at=MONDAY)


def answers(survey: Survey, score: int = 3, **changes: Any) -> dict[str, Any]:
    """The same score for each question."""
    return {**dict.fromkeys((question.code for question in scored(survey.kind)), score), **changes}


def respond(
    survey: Survey,
    scores: Iterable[int],
    *,
    invitation: SurveyInvitation | None = None,
    facts: dict[str, str] | None = None,
    **changes: Any,
) -> None:
    """One response for each score, which is given to every question."""
    for score in scores:
        services.answer(
            survey,
            given=answers(survey, score, **changes),
            facts=facts or {},
            token=f"form-{next(_serial)}",
            invitation=invitation,
            at=MONDAY,
        )


def invite(survey: Survey, *addresses: str) -> list[SurveyInvitation]:
    services.invite(survey, [Recipient(None, address, "id") for address in addresses], MONDAY)
    return list(db.session.scalars(db.select(SurveyInvitation).filter_by(survey_id=survey.id).order_by("id")))


def published(survey: Survey | None = None, scores: Iterable[int] = (3,) * 12) -> SurveyResult:
    """The result of a survey with these answers."""
    survey = survey or make_survey()
    respond(survey, scores)
    return services.publish(survey, by=None, at=AFTER)


def seed_calendars() -> None:
    importers.seed(zone="Asia/Jakarta", at=MONDAY)


def head_of(agency: Agency) -> tuple[User, Official]:
    user = make_user(Role.HEAD)
    return user, make_official(agency, user_id=user.id)


def make_remark(survey: Survey, text: str = "Tambah loket.") -> SurveyRemark:
    """An open answer that nobody has read yet."""
    number = next(_serial)
    remark = SurveyRemark(id=f"{number:032x}", survey_id=survey.id, question_code="saran", text=text)
    db.session.add(remark)
    db.session.flush()
    return remark
