"""Take in what somebody answered, and forget who it was."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import update

from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l
from portal.jobs.services import insert
from portal.surveys import queries
from portal.surveys.models import Survey, SurveyInvitation, SurveyRemark, SurveyResponse
from portal.surveys.rules.doors import Door
from portal.surveys.rules.instruments import FACTS, Form, Question, unfit
from portal.surveys.rules.periods import Phase

KEY_LENGTH = 32


def answer(
    survey: Survey,
    *,
    given: Mapping[str, Any],
    facts: Mapping[str, str],
    token: str,
    invitation: SurveyInvitation | None,
    at: datetime,
) -> bool:
    """Keep an answer; False when the same form, or the same invitation, was answered before.

    `given` are the answers by the codes of their questions. Neither the invitation nor the response
    leads to the other: the one only says that it was used, the other only through which door it came.
    """
    _check(survey, given, facts, invitation, at)
    door = Door.OPEN if invitation is None else Door.INVITED
    if invitation is not None and not _use(invitation):
        return False
    questions = queries.questions_of(survey)
    texts = [question for question in questions if question.form is Form.TEXT]
    row = {
        "id": hashlib.sha256(f"{survey.id}:{token}".encode()).hexdigest()[:KEY_LENGTH],
        "survey_id": survey.id,
        "door": door,
        "answers": {code: value for code, value in given.items() if not isinstance(value, str)},
        "facts": dict(facts),
    }
    made = insert(SurveyResponse).values(**row).on_conflict_do_nothing().returning(SurveyResponse.id)
    if db.session.scalar(made) is None:
        return False
    _keep_remarks(survey, texts, given)
    _count(survey, door)
    return True


def _check(
    survey: Survey,
    given: Mapping[str, Any],
    facts: Mapping[str, str],
    invitation: SurveyInvitation | None,
    at: datetime,
) -> None:
    if queries.phase_of(survey, at) is not Phase.OPEN:
        raise DomainError(_l("Survei ini sedang tidak dibuka."))
    if invitation is None and not survey.has_open_door:
        raise DomainError(_l("Survei ini hanya untuk yang diundang."))
    wrong = unfit(queries.questions_of(survey), given) or unfit(FACTS, facts)
    if wrong is not None or (facts and not survey.asks_facts):
        raise DomainError(_l("Pilih salah satu jawaban."), field=wrong)


def _use(invitation: SurveyInvitation) -> bool:
    """Is this the first answer to the invitation? Of two at the same moment only one is."""
    used = db.session.execute(
        update(SurveyInvitation)
        .where(SurveyInvitation.id == invitation.id, SurveyInvitation.is_answered.is_(False))
        .values(is_answered=True)
        .returning(SurveyInvitation.id)
        .execution_options(synchronize_session=False)
    )
    return used.one_or_none() is not None


def _keep_remarks(survey: Survey, texts: list[Question], given: Mapping[str, Any]) -> None:
    for question in texts:
        if text := given.get(question.code):
            db.session.add(
                SurveyRemark(
                    id=secrets.token_hex(KEY_LENGTH // 2),
                    survey_id=survey.id,
                    question_code=question.code,
                    text=text,
                )
            )


def _count(survey: Survey, door: Door) -> None:
    column = Survey.answered_count if door is Door.INVITED else Survey.door_count
    db.session.execute(
        update(Survey)
        .where(Survey.id == survey.id)
        .values({column: column + 1})
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(survey, [column.key])
