"""A complaint that is really a suggestion, or the other way round, after somebody owes its answer."""

from datetime import datetime

from portal.accounts.models import User
from portal.assignments import services as assignments
from portal.errors import DomainError
from portal.i18n import _l
from portal.reports import policy, rules
from portal.reports.models import Report
from portal.reports.rules import ReportKind
from portal.reports.services import carrying, letters, record, transitions


def change_kind(
    report: Report, *, kind: ReportKind, reason: str, by: User, at: datetime, expected_lock: int | None = None
) -> None:
    """Its open stages are counted anew, from the same origin, to the limits of the other kind.

    Supervisory weight follows the category, which moderators correct (`assignments.corrections`).
    """
    transitions.claim(report, expected_lock)
    if not policy.may_change_kind(report) or report.assignment is None:
        raise DomainError(_l("Jenis laporan ini tidak dapat diganti lagi."))
    if kind is report.kind:
        raise DomainError(_l("Pilih jenis yang lain."), field="kind")
    if not reason.strip():
        raise DomainError(_l("Tulis alasan penggantian jenis."), field="reason")
    before = report.kind
    report.kind, report.is_formal = kind, False
    assignments.change_matter(report.assignment, rules.matter_of(kind, is_supervisory=False), at=at)
    carrying.carry_when_supported(report, at=at)
    transitions.touch(report)
    record.write(
        report,
        "kind_changed",
        at=at,
        before=before.value,
        after=kind.value,
        reason=record.digest(report.content, reason),
    )
    letters.tell_reporter(
        report, "report_kind_changed", at=at, key=str(report.lock), kind=kind.value, reason=reason.strip()
    )
