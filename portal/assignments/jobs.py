"""What happens to duties by themselves: they are escalated, questions lapse, decrees move due times, leave
moves them to and fro, and an answer to which nobody reacts is over."""

from datetime import datetime, timedelta

from portal import i18n
from portal.assignments import (
    changes,
    drafts,
    escalation,
    evidence,
    leave,
    leave_letters,
    letters,
    owners,
    services,
    silence,
)
from portal.assignments.models import Assignment
from portal.db import db
from portal.deadlines import hooks
from portal.deadlines.hooks import Moved
from portal.deadlines.models import Clock, StageDeadline
from portal.deadlines.rules.stages import Step
from portal.jobs import registry
from portal.organisation import hooks as leave_hooks
from portal.organisation.hooks import LeaveStep
from portal.organisation.models import Absence


@registry.periodic("assignments.remind-silent", every=timedelta(hours=1))
def remind_silent(at: datetime) -> None:
    silence.remind(at)


@registry.periodic("assignments.close-silent", every=timedelta(minutes=5))
def close_silent(at: datetime) -> bool:
    return silence.close(at)


@registry.periodic("assignments.forget-drafts", every=timedelta(days=1))
def forget_drafts(at: datetime) -> None:
    drafts.forget_old(at)


@registry.periodic("assignments.hand-over-leave", every=timedelta(minutes=5))
def hand_over_leave(at: datetime) -> bool:
    return leave.hand_over_leave(at)


@registry.periodic("assignments.give-back-leave", every=timedelta(minutes=5))
def give_back_leave(at: datetime) -> bool:
    return leave.give_back_leave(at)


@leave_hooks.on_leave
def follow_leave(absence: Absence, step: LeaveStep, at: datetime) -> None:
    """Both sides are told; leave that has begun already, or ends today, moves its duties at once."""
    leave_letters.tell_step(absence, step, at)
    if step is LeaveStep.APPROVED:
        leave.hand_over_leave(at, absence=absence)
    elif step is LeaveStep.CANCELLED:
        leave.give_back_leave(at)


@registry.periodic("assignments.forget-unsent-evidence", every=timedelta(days=1))
def forget_unsent_evidence(at: datetime) -> bool:
    return evidence.forget_unsent(at)


@hooks.on_step
def escalate(row: StageDeadline, step: Step, at: datetime) -> None:
    """Tell the position that this step concerns what is owed, and write it into the record."""
    assignment = _assignment_of(row.clock_id)
    if assignment is None:
        return
    changes.record("escalated", assignment, at, step=step, stage=row.stage)
    if row.clock_id == assignment.triage_clock_id:
        found = escalation.triage_recipients(step, excluded_agency_id=assignment.excluded_agency_id)
        letters.escalate_triage(found, assignment, row, step, at=at)
    else:
        found = escalation.recipients(assignment, step, i18n.local(at).date())
        letters.escalate(found, assignment, row, step, at=at)


@hooks.on_pause_capped
def end_question(clock: Clock, at: datetime) -> None:
    """The resident did not reply: the official may now call the matter unclear."""
    assignment = _assignment_of(clock.id)
    if assignment is not None:
        services.question_lapsed(assignment, at=at)


@hooks.on_move
def tell_of_move(moved: Moved, at: datetime) -> None:
    """Due times moved: one line in the record, the official is told, and the owner tells its resident."""
    assignment = _assignment_of(moved.clock_id)
    if assignment is None:
        return
    changes.record("deadline_moved", assignment, at, **moved.details)
    letters.tell_moved(assignment, moved, at=at)
    owners.of(assignment).due_moved(assignment, moved, at)


def _assignment_of(clock_id: int) -> Assignment | None:
    own = db.select(Assignment).where(Assignment.clock_id == clock_id)
    at_triage = db.select(Assignment).where(Assignment.triage_clock_id == clock_id)
    found: Assignment | None = db.session.scalar(own) or db.session.scalar(at_triage)
    return found
