"""Who reads a letter about an anonymous report: found in memory at sending, kept nowhere."""

from sqlalchemy import select

from portal.accounts.models import User
from portal.db import db
from portal.notifications.rules import Recipient
from portal.reports.identity import sealing
from portal.reports.identity.models import SealedIdentity
from portal.reports.models import Report


def reporter_of(number: str) -> Recipient | None:
    """None when nobody is sealed behind that number, or their account is gone."""
    sealed = db.session.scalar(
        select(SealedIdentity.sealed)
        .join(Report, Report.id == SealedIdentity.report_id)
        .where(Report.number == number)
    )
    if sealed is None:
        return None
    identity = sealing.unseal(sealed, number)
    if identity.user_id is None:
        return Recipient(address=identity.email)
    user = db.session.get(User, identity.user_id)
    return Recipient(user.id, user.email, user.language) if user else None
