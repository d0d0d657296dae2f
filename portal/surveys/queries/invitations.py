"""Who was invited, and who is to be."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.db import db
from portal.surveys.models import Survey, SurveyInvitation
from portal.surveys.queries.surveys import is_open, listed, today


def invitation(invitation_id: int) -> SurveyInvitation | None:
    return db.session.scalar(
        select(SurveyInvitation)
        .where(SurveyInvitation.id == invitation_id)
        .options(
            joinedload(SurveyInvitation.survey).joinedload(Survey.agency),
            joinedload(SurveyInvitation.survey).joinedload(Survey.result),
        )
    )


def inviting(at: datetime) -> Sequence[Survey]:
    """Open surveys that invite those whose matters the agency closed."""
    return listed(Survey.invites_reporters, is_open(today(at)), order=(Survey.id,))


def invited_digests(survey: Survey) -> frozenset[str]:
    return frozenset(
        db.session.scalars(
            select(SurveyInvitation.recipient_digest).where(SurveyInvitation.survey_id == survey.id)
        )
    )


def to_remind(at: datetime, *, sent_before: datetime, limit: int) -> Sequence[SurveyInvitation]:
    """Invited people of open surveys who neither answered nor were reminded, locked for one worker."""
    return db.session.scalars(
        select(SurveyInvitation)
        .join(SurveyInvitation.survey)
        .where(
            is_open(today(at)),
            SurveyInvitation.is_answered.is_(False),
            SurveyInvitation.reminded_at.is_(None),
            SurveyInvitation.sent_at <= sent_before,
        )
        .order_by(SurveyInvitation.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=SurveyInvitation)
    ).all()
