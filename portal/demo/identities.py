"""Two anonymous reports of the demo whose reporter had to be reached: a moderator opened their identity."""

from datetime import datetime, timedelta

from sqlalchemy import select

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.db import db
from portal.demo.city import ADDRESS
from portal.reports.identity import openings
from portal.reports.identity.models import SealedIdentity
from portal.reports.models import Report
from portal.reports.rules import RUNNING

REASONS = (
    "Pelapor menulis bahwa ia diancam; ia perlu dihubungi supaya dapat dilindungi.",
    "Isinya menyebut bahaya bagi seorang anak; pelapor perlu ditanya di mana anak itu sekarang.",
)


def happen(at: datetime) -> None:
    """Each with its reason, in the last days."""
    moderator = db.session.scalars(select(User).filter_by(email=ADDRESS[Role.MODERATOR])).one()
    sealed = db.session.scalars(
        select(Report)
        .join(SealedIdentity, SealedIdentity.report_id == Report.id)
        .where(Report.state.in_(RUNNING), Report.received_at < at - timedelta(days=len(REASONS)))
        .order_by(Report.is_supervisory.desc(), Report.id.desc())
        .limit(len(REASONS))
    )
    for days_after, (report, reason) in enumerate(zip(sealed, REASONS, strict=False)):
        then = at - timedelta(days=len(REASONS) - days_after)
        openings.open_identity(report, reason=reason, by=moderator, at=then)
