"""How reports end when nobody says anything, and when moderators must decide."""

from datetime import datetime

from sqlalchemy import select

from portal.assignments import services as assignments
from portal.assignments.rules import MEETS_RESOLVE, AssignmentState, ResponseKind
from portal.db import db
from portal.deadlines import queries as deadline_queries
from portal.deadlines import services as deadlines
from portal.deadlines.models import Clock
from portal.deadlines.rules.calendar import CalendarHorizon
from portal.deadlines.rules.stages import Stage
from portal.reports import queries
from portal.reports.models import Report
from portal.reports.rules import Ending, ReportState
from portal.reports.services import letters, record, transitions

BATCH = 100  # reports per transaction


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


def close_silent(at: datetime, *, limit: int = BATCH) -> bool:
    """Close answered reports whose reporter said nothing in time. True when more may wait."""
    silent = queries.silent(at, limit)
    for report in silent:
        ending = Ending.REFUSED if was_refused(report) else Ending.SILENCE
        transitions.end(report, ending, at=at)
        if report.assignment:
            assignments.finish(report.assignment, at=at)
        record.write(report, "closed_by_silence", at=at, ending=ending.value)
        letters.tell_reporter(report, "report_closed_by_silence", at=at, key=str(report.reopen_count))
    return len(silent) == limit


def remind_silent(at: datetime) -> None:
    """Remind reporters that their verdict is awaited; each reminder is written once.

    Where several days were missed, only the last one's is written.
    """
    for report in queries.awaiting_verdict(at):
        report.react_by = report.react_by or transitions.react_by(report.closed_at or at)
        reached = [
            days for days in deadline_queries.policy().silence_reminder_days if _has_passed(report, days, at)
        ]
        if reached:
            letters.tell_reporter(
                report,
                "report_verdict_reminder",
                at=at,
                key=f"{report.reopen_count}:{max(reached)}",
                react_by=report.react_by,
            )


def dispute_decided(report: Report, *, at: datetime) -> None:
    """Moderators closed what the reporter twice called unsolved, or let the official go on."""
    if report.assignment is not None and report.assignment.state is AssignmentState.OPEN:
        transitions.check(report, ReportState.OPEN)
        transitions.reopen(report, at=at)
    else:
        transitions.end(report, Ending.DISPUTED, at=at)
        report.disputed_at = None


def was_refused(report: Report) -> bool:
    """Did the last resolving response refuse?"""
    responses = report.assignment.responses if report.assignment else []
    resolving = [response.kind for response in responses if response.kind in MEETS_RESOLVE]
    return bool(resolving) and resolving[-1] is ResponseKind.REFUSAL


def _has_passed(report: Report, days: int, at: datetime) -> bool:
    """Are so many working days over since the answer? Nothing is guessed beyond the calendar."""
    if report.closed_at is None:
        return False
    try:
        return deadline_queries.working_days_after(report.closed_at, days) <= at
    except CalendarHorizon:
        return False
