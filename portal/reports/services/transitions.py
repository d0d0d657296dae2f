"""From one state to the next, as rules.NEXT allows."""

from datetime import datetime

from portal.db import db, is_ours_alone
from portal.deadlines import queries as deadlines
from portal.deadlines.models import Clock
from portal.deadlines.rules.calendar import CalendarHorizon
from portal.errors import DomainError
from portal.i18n import _l
from portal.reports import rules
from portal.reports.models import Report
from portal.reports.rules import Ending, ReportState


def claim(report: Report) -> None:
    """Lock the report for this change and read it anew: two people at once see each other's change."""
    if is_ours_alone(report):
        return
    db.session.flush()  # refresh forgets changes that were not written yet
    db.session.refresh(report, with_for_update={"of": Report})


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
    report.react_by = None


def reopen(report: Report, *, at: datetime) -> None:
    """The report is handled again; its closure no longer stands."""
    report.state = ReportState.OPEN
    report.reopened_at, report.reopen_count = at, report.reopen_count + 1
    report.closed_at = report.ending = report.ended_at = report.react_by = report.disputed_at = None


def verify_clock(report: Report) -> Clock:
    """The clock of the report's verification. Imported reports have none and never come here."""
    clock = report.verify_clock or db.session.get(Clock, report.verify_clock_id)
    if clock is None:
        raise DomainError(_l("Laporan ini tidak memiliki tenggat verifikasi."))
    return clock


def react_by(at: datetime) -> datetime | None:
    """When silence after an answer counts; None as long as the calendar does not reach that far."""
    try:
        return deadlines.working_days_after(at, deadlines.policy().silence_days)
    except CalendarHorizon:
        return None
