"""What happens to duties by themselves: they are escalated, questions lapse, decrees move due times, and
what nobody disputed is over."""

from datetime import datetime, timedelta

from portal import i18n
from portal.assignments import changes, escalation, letters, services
from portal.assignments.models import Assignment
from portal.db import db
from portal.deadlines import hooks
from portal.deadlines.hooks import Move
from portal.deadlines.models import Clock, StageDeadline
from portal.deadlines.rules.stages import Step
from portal.jobs import registry


@registry.periodic("assignments.finish-undisputed", every=timedelta(hours=1))
def finish_undisputed(at: datetime) -> bool:
    return services.finish_undisputed(at)


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
def tell_of_move(move: Move, at: datetime) -> None:
    """A decree moved a due time: the record says so and the official is told."""
    assignment = _assignment_of(move.clock_id)
    if assignment is None:
        return
    changes.record(
        "deadline_moved",
        assignment,
        at,
        stage=move.stage,
        old=move.old_due_at and move.old_due_at.isoformat(),
        new=move.new_due_at and move.new_due_at.isoformat(),
    )
    letters.tell_moved(assignment, move, at=at)


def _assignment_of(clock_id: int) -> Assignment | None:
    own = db.select(Assignment).where(Assignment.clock_id == clock_id)
    at_triage = db.select(Assignment).where(Assignment.triage_clock_id == clock_id)
    found: Assignment | None = db.session.scalar(own) or db.session.scalar(at_triage)
    return found
