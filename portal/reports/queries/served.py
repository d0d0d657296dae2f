"""Whose reports an agency closed: the people whom a survey of its service may invite."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select

from portal.accounts.models import User
from portal.db import db
from portal.notifications.rules import Recipient
from portal.reports.models import Report, Reporter


def served_by(agency_id: int, first_at: datetime, end_at: datetime) -> Sequence[Recipient]:
    """Reporters with an address whose report the agency first closed in that time.

    Never those of confidential reports: letters pass through many hands. Nor of anonymous ones: the survey
    would know them.
    """
    rows = db.session.execute(
        select(User.id, User.email, User.language, Reporter.email, Reporter.language)
        .select_from(Report)
        .join(Report.reporter)
        .outerjoin(User, User.id == Reporter.user_id)
        .where(
            Report.agency_id == agency_id,
            Report.is_confidential.is_(False),
            Report.first_closed_at >= first_at,
            Report.first_closed_at < end_at,
            or_(User.id.is_not(None), Reporter.email.is_not(None)),
        )
        .order_by(Report.id)
    )
    return [
        Recipient(user_id, account or address, language or spoken)
        for user_id, account, language, address, spoken in rows
    ]
