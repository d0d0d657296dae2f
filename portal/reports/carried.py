"""What the pages of a suggestion say of its supporters, and of the answer that enough of them are owed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from portal.assignments.models import Assignment, Response
from portal.db import db
from portal.deadlines.models import StageDeadline
from portal.i18n import _, format_date
from portal.organisation.models import Agency
from portal.reports import policy
from portal.reports.masking import mask
from portal.reports.models import CarriedSuggestion, Report
from portal.reports.rules import ReportKind, ReportState
from portal.reports.services.carrying import supporters_needed


@dataclass(frozen=True)
class Shown:
    """`count` of `needed`; `sentence` says it, or by when the answer is due, or who answered what."""

    count: int
    needed: int
    sentence: str
    answer: str = ""
    answered_at: datetime | None = None

    @property
    def share(self) -> float:
        return min(self.count / self.needed, 1.0)


def shown(report: Report, at: datetime) -> Shown | None:
    """None for what is no suggestion, or is not public. One statement for those that are."""
    if report.kind is not ReportKind.SUGGESTION or not policy.is_published(report):
        return None
    count, needed = report.supporter_count, supporters_needed(at)
    row = _row(report)
    if row is None:
        return None if report.state is ReportState.CLOSED else Shown(count, needed, _still(count, needed))
    if row.answered_at is not None:
        told = _("%(agency)s menjawab usul ini secara resmi.", agency=row.agency)
        return Shown(count, row.supporter_count, told, mask(row.body).text, row.answered_at)
    return Shown(count, row.supporter_count, _owed(row.agency, row.due_at))


def _row(report: Report) -> Row[*tuple[Any, ...]] | None:
    return db.session.execute(
        select(
            CarriedSuggestion.supporter_count,
            CarriedSuggestion.answered_at,
            Agency.name.label("agency"),
            Response.body,
            StageDeadline.due_at,
        )
        .join(Assignment, Assignment.id == CarriedSuggestion.assignment_id)
        .join(Agency, Agency.id == Assignment.agency_id)
        .outerjoin(Response, Response.id == CarriedSuggestion.response_id)
        .outerjoin(StageDeadline, StageDeadline.clock_id == Assignment.clock_id)
        .where(CarriedSuggestion.report_id == report.id, Assignment.withdrawn_at.is_(None))
        .order_by(StageDeadline.id.desc())
        .limit(1)
    ).first()


def _still(count: int, needed: int) -> str:
    return _(
        "%(count)s dari %(needed)s pendukung sampai kepala dinas wajib menjawabnya sendiri.",
        count=count,
        needed=needed,
    )


def _owed(agency: str, due_at: datetime | None) -> str:
    if due_at is None:
        return _("Cukup didukung: kepala %(agency)s wajib menjawabnya sendiri.", agency=agency)
    return _(
        "Cukup didukung: kepala %(agency)s wajib menjawabnya sendiri paling lambat %(day)s.",
        agency=agency,
        day=format_date(due_at),
    )
