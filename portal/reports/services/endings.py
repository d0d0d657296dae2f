"""How reports end when nobody says anything, and when moderators must decide."""

from datetime import datetime

from sqlalchemy import select

from portal.assignments import silence
from portal.assignments.rules import AssignmentState
from portal.db import db
from portal.deadlines import services as deadlines
from portal.deadlines.models import Clock
from portal.deadlines.rules.stages import Stage
from portal.reports.models import Report
from portal.reports.rules import Ending, ReportState
from portal.reports.services import letters, record, transitions


def archive_unanswered(clock: Clock, at: datetime) -> None:
    """The moderator's question found no answer in time (deadline hook; other clocks are ignored)."""
    report = db.session.scalar(select(Report).filter_by(verify_clock_id=clock.id))
    if report is not None and report.state is ReportState.SUBMITTED:
        archive(report, at=at)


def archive(report: Report, *, at: datetime) -> None:
    """Close a report as incomplete; the reporter may complete it within 30 days."""
    transitions.end(report, Ending.ARCHIVED, at=at)
    clock = transitions.verify_clock(report)
    deadlines.meet(clock, Stage.VERIFY, at=at)
    deadlines.close(clock, at=at)
    record.write(report, "archived", at=at)
    letters.tell_reporter(report, "report_archived", at=at, key=f"{at:%Y%m%d}")


def fell_silent(report: Report, *, at: datetime) -> None:
    """The reporter said nothing in time."""
    is_refused = report.assignment is not None and silence.was_refused(report.assignment)
    transitions.end(report, Ending.REFUSED if is_refused else Ending.SILENCE, at=at)
    key = str(report.reopen_count)
    letters.tell_reporter(report, "report_closed_by_silence", at=at, key=key)
    letters.tell_followers(report, "followed_report_closed", at=at, key=key)


def dispute_decided(report: Report, *, at: datetime) -> None:
    """Moderators closed what the reporter twice called unsolved, or let the official go on."""
    if report.assignment is not None and report.assignment.state is AssignmentState.OPEN:
        transitions.check(report, ReportState.OPEN)
        transitions.reopen(report, at=at)
    else:
        transitions.end(report, Ending.DISPUTED, at=at)
        report.disputed_at = None
