"""Invite people by letter, each once, and remind them once."""

import hmac
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import islice

from sqlalchemy import update

from portal import config
from portal.accounts import links
from portal.accounts.rules import fold_email
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l
from portal.jobs.services import insert
from portal.notifications import services as notifications
from portal.notifications.rules import Recipient
from portal.surveys import queries, served
from portal.surveys.models import Survey, SurveyInvitation
from portal.surveys.rules.doors import REMIND_AFTER_DAYS
from portal.surveys.rules.periods import MAX_OPEN_DAYS, Phase
from portal.surveys.services import record

PURPOSE = "survey-invitation"  # of the signed link
LINK_LIFE = timedelta(days=MAX_OPEN_DAYS + 31)  # the survey itself says when it is over
BATCH = 50  # letters of one transaction


def invite(survey: Survey, recipients: Iterable[Recipient], at: datetime) -> int:
    """Send each person a link of their own, whoever has none yet; returns how many letters that made."""
    if queries.phase_of(survey, at) is not Phase.OPEN:
        raise DomainError(_l("Undangan hanya dikirim selama survei dibuka."))
    made = sum(_invite(survey, recipient, at) for recipient in recipients)
    if made:
        db.session.execute(
            update(Survey)
            .where(Survey.id == survey.id)
            .values(invited_count=Survey.invited_count + made)
            .execution_options(synchronize_session=False)
        )
        db.session.refresh(survey, ["invited_count"])
        record.write(survey, "survey_invited", at=at, count=made)
    return made


def invite_served(at: datetime) -> bool:
    """Invite people whose matters were closed, for every open survey that asks for it; True: more wait."""
    more = False
    for survey in queries.inviting(at):
        known = queries.invited_digests(survey)
        people = {digest(survey, one): one for one in _served(survey)}
        fresh = [one for key, one in people.items() if key not in known]
        invite(survey, islice(fresh, BATCH), at)
        more = more or len(fresh) > BATCH
    return more


def remind(at: datetime) -> bool:
    """Write once more to those who did not answer within a week; True: more wait."""
    due = queries.to_remind(at, sent_before=at - timedelta(days=REMIND_AFTER_DAYS), limit=BATCH)
    for invitation in due:
        invitation.reminded_at = at
        _write(invitation, "survey_reminder", at)
    return len(due) == BATCH


def digest(survey: Survey, recipient: Recipient) -> str:
    """Tells people apart without naming them: of no use without the city's key."""
    person = fold_email(recipient.address) if recipient.address else f"user:{recipient.user_id}"
    secret = config.current().secret_key.encode()
    return hmac.digest(secret, f"{PURPOSE}:{survey.id}:{person}".encode(), "sha256").hex()


def _served(survey: Survey) -> Iterable[Recipient]:
    if survey.served_from is None or survey.served_to is None:
        return ()
    return served.people(
        survey.agency_id, _midnight(survey.served_from), _midnight(survey.served_to + timedelta(days=1))
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, config.current().zone)


def _invite(survey: Survey, recipient: Recipient, at: datetime) -> bool:
    row = {
        "survey_id": survey.id,
        "recipient_digest": digest(survey, recipient),
        "user_id": recipient.user_id,
        "address": recipient.address,
        "language": recipient.language,
        "sent_at": at,
        "is_answered": False,
    }
    made = db.session.scalar(
        insert(SurveyInvitation).values(**row).on_conflict_do_nothing().returning(SurveyInvitation.id)
    )
    if made is None:
        return False
    _write(db.session.get_one(SurveyInvitation, made), "survey_invitation", at)
    return True


def _write(invitation: SurveyInvitation, letter: str, at: datetime) -> None:
    survey = invitation.survey
    token = links.sign(PURPOSE, until=at + LINK_LIFE, invitation=invitation.id)
    notifications.tell(
        Recipient(invitation.user_id, invitation.address, invitation.language),
        letter,
        key=f"{survey.subject}:{letter}:{invitation.id}",
        at=at,
        path=f"/surveys/invitations/{token}",
        title=survey.title_en if invitation.language == "en" else survey.title_id,
        agency=survey.agency.name,
        kind=survey.kind.value,
        closes_on=survey.closes_on,
    )
