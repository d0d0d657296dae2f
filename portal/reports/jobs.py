"""What happens to reports by themselves: reminders, silence, and due times that a decree moved."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.assignments import escalation
from portal.assignments.models import Assignment
from portal.db import db
from portal.deadlines import hooks
from portal.deadlines.hooks import Move
from portal.deadlines.models import StageDeadline
from portal.deadlines.rules.stages import Step
from portal.jobs import registry
from portal.reports import services
from portal.reports.filing import services as filing
from portal.reports.models import Report
from portal.reports.services import letters, record


@registry.periodic("reports.remind-silent", every=timedelta(hours=1))
def remind_silent(at: datetime) -> None:
    services.remind_silent(at)


@registry.periodic("reports.close-silent", every=timedelta(minutes=5))
def close_silent(at: datetime) -> bool:
    return services.close_silent(at)


@registry.periodic("reports.forget-drafts", every=timedelta(hours=1))
def forget_drafts(at: datetime) -> bool:
    """What nobody sent for seven days, photos included."""
    return filing.forget_old_drafts(at)


@hooks.on_step
def escalate_verification(row: StageDeadline, step: Step, at: datetime) -> None:
    """A report waits for its moderator; those whom it is about are not told."""
    report = _waiting(row.clock_id)
    if report is None:
        return
    record.write(report, "escalated", at=at, step=step, stage=row.stage)
    readers = escalation.triage_recipients(step, excluded_agency_id=report.concerned_agency_id)
    letters.escalate_verification(report, readers, row, step, at=at)


@hooks.on_move
def tell_of_move(move: Move, at: datetime) -> None:
    """A decree moved a due time: the reporter is told. A duty writes its own line into the record."""
    report = _waiting(move.clock_id)
    if report is not None:
        record.write(
            report,
            "deadline_moved",
            at=at,
            stage=move.stage,
            old=move.old_due_at and move.old_due_at.isoformat(),
            new=move.new_due_at and move.new_due_at.isoformat(),
        )
    else:
        report = _disposed(move.clock_id)
    if report is not None:
        letters.tell_reporter(
            report,
            "report_moved",
            at=at,
            key=f"{move.stage}:{at.isoformat()}",
            stage=move.stage,
            old_due_at=move.old_due_at,
            due_at=move.new_due_at,
        )


def _waiting(clock_id: int) -> Report | None:
    """The report whose verification this clock counts."""
    found: Report | None = db.session.scalar(select(Report).where(Report.verify_clock_id == clock_id))
    return found


def _disposed(clock_id: int) -> Report | None:
    """The report whose duty this clock counts."""
    found: Report | None = db.session.scalar(
        select(Report)
        .join(Report.assignment)
        .where(Assignment.clock_id == clock_id)
        .options(joinedload(Report.content))
    )
    return found
