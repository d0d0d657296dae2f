"""What happens to reports by themselves: reminders, silence, and due times that a decree moved."""

from datetime import datetime, timedelta

from sqlalchemy import select

from portal.assignments import escalation
from portal.db import db
from portal.deadlines import hooks
from portal.deadlines.hooks import Moved
from portal.deadlines.models import StageDeadline
from portal.deadlines.rules.stages import Step
from portal.jobs import registry
from portal.reports.filing import drafts
from portal.reports.followers import services as followers
from portal.reports.identity import entry
from portal.reports.models import Report
from portal.reports.services import letters, record


@registry.periodic("reports.forget-drafts", every=timedelta(hours=1))
def forget_drafts(at: datetime) -> bool:
    """What nobody sent in its time, photos included."""
    return drafts.forget_old(at)


@registry.periodic("reports.forget-guesses", every=timedelta(hours=1))
def forget_guesses(at: datetime) -> None:
    """Wrong words of yesterday."""
    entry.forget_old_brakes(at)


@registry.periodic("reports.forget-followers-by-mail", every=timedelta(hours=1))
def forget_followers(at: datetime) -> bool:
    """Who never confirmed, and who followed what ended a while ago."""
    return followers.forget(at)


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
def tell_of_move(moved: Moved, at: datetime) -> None:
    """The time to verify a report moved; what a duty has to tell stands in services/duty.py."""
    report = _waiting(moved.clock_id)
    if report is not None:
        record.write(report, "deadline_moved", at=at, **moved.details)
        letters.tell_moved(report, moved, at=at)


def _waiting(clock_id: int) -> Report | None:
    """The report whose verification this clock counts."""
    found: Report | None = db.session.scalar(select(Report).where(Report.verify_clock_id == clock_id))
    return found
