"""From one state to the next, as rules.NEXT allows."""

from datetime import datetime

from portal.db import db, is_ours_alone
from portal.deadlines.models import Clock
from portal.errors import Conflict, DomainError
from portal.i18n import _l
from portal.reports import rules
from portal.reports.models import Report
from portal.reports.rules import Ending, ReportState


def claim(report: Report, expected_lock: int | None = None) -> None:
    """Lock the report for this change and read it anew: two people at once see each other's change.

    Raises Conflict when a moderator changed it since `expected_lock` was shown.
    """
    if is_ours_alone(report):
        return
    db.session.flush()  # refresh forgets changes that were not written yet
    db.session.refresh(report, with_for_update={"of": Report})
    if expected_lock is not None and expected_lock != report.lock:
        raise Conflict(
            _l("Moderator lain mengubah laporan ini sejak Anda membukanya. Periksa, lalu kirim lagi.")
        )


def touch(report: Report) -> None:
    """Whoever saw the report before this change is told of it when they send theirs."""
    report.lock += 1


def require_submitted(report: Report, expected_lock: int | None = None) -> None:
    """Hold a report that waits for verification. Raises DomainError when it does not, or not any more."""
    claim(report, expected_lock)
    if report.state is not ReportState.SUBMITTED:
        raise DomainError(_l("Laporan ini sudah tidak menunggu verifikasi."))


def check(report: Report, target: ReportState) -> None:
    """Raise DomainError unless the report may become `target`."""
    if not rules.may_follow(report.state, target):
        raise DomainError(_l("Laporan ini sudah berubah. Muat ulang halaman untuk melihatnya."))


def end(report: Report, ending: Ending, *, at: datetime) -> None:
    """Close the report with its ending."""
    check(report, ReportState.CLOSED)
    report.state = ReportState.CLOSED
    report.ending, report.ended_at = ending, at
    report.closed_at = report.closed_at or at


def reopen(report: Report, *, at: datetime) -> None:
    """The report is handled again; its closure no longer stands."""
    _take_back_closure(report, at)
    report.state = ReportState.OPEN


def overturn(report: Report, target: ReportState, *, at: datetime) -> None:
    """Moderators undid its refusal: that closure failed, and the reporter can still reopen it once."""
    check(report, target)
    _take_back_closure(report, at)
    report.state = target
    report.overturn_count += 1


def _take_back_closure(report: Report, at: datetime) -> None:
    report.reopened_at, report.reopen_count = at, report.reopen_count + 1
    report.closed_at = report.ending = report.ended_at = report.disputed_at = None


def verify_clock(report: Report) -> Clock:
    """The clock of the report's verification. Imported reports have none and never come here."""
    clock = report.verify_clock or db.session.get(Clock, report.verify_clock_id)
    if clock is None:
        raise DomainError(_l("Laporan ini tidak memiliki tenggat verifikasi."))
    return clock
