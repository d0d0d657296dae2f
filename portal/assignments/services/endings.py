"""Life after the answer: disputed, reopened, withdrawn, or over."""

from datetime import datetime

from portal.assignments import changes, letters, owners
from portal.assignments.models import Assignment
from portal.assignments.rules import UNANSWERED, AssignmentState
from portal.deadlines import queries as deadline_queries
from portal.deadlines import services as deadlines
from portal.deadlines.rules.calendar import CalendarHorizon
from portal.errors import DomainError
from portal.i18n import _l
from portal.organisation import services as workload


def reopen(assignment: Assignment, *, at: datetime, by_moderator: bool = False) -> None:
    """The answer is disputed: the duty lives again, on what was left of its clock.

    Once by the resident, a second time only by a moderator.
    """
    changes.claim(assignment)
    deadlines.reopen(assignment.clock, at=at, by_moderator=by_moderator)
    changes.touch(assignment)
    assignment.state = AssignmentState.OPEN
    assignment.ended_at = assignment.silent_at = assignment.react_by = assignment.disputed_at = None
    workload.count_open(assignment.official_id, +1)
    letters.tell_holder(assignment, "duty_reopened", at=at)


def dispute(assignment: Assignment, *, at: datetime) -> None:
    """A second time not solved: moderators reopen or finish it. Nothing runs meanwhile."""
    changes.claim(assignment)
    changes.touch(assignment)
    assignment.disputed_at, assignment.react_by = at, None
    changes.record("disputed", assignment, at)


def close_dispute(assignment: Assignment, *, at: datetime) -> None:
    """Moderators leave it at the answer that was twice called unsolved; that never counts as solved."""
    _check_disputed(assignment)
    finish(assignment, at=at)
    changes.record("dispute_closed", assignment, at)
    owners.of(assignment).dispute_decided(assignment, at)


def reopen_dispute(assignment: Assignment, *, at: datetime) -> None:
    """Moderators agree with the resident: the official goes on with what was left of the clock."""
    _check_disputed(assignment)
    reopen(assignment, at=at, by_moderator=True)
    changes.record("dispute_reopened", assignment, at)
    owners.of(assignment).dispute_decided(assignment, at)


def _check_disputed(assignment: Assignment) -> None:
    changes.claim(assignment)
    if assignment.disputed_at is None:
        raise DomainError(_l("Tugas ini tidak sedang dinilai moderator."))


def withdraw(assignment: Assignment, *, at: datetime, is_merged: bool = False) -> None:
    """Nobody asks any more, it was taken back or merged: no answer is owed, and none is counted."""
    changes.claim(assignment)
    if assignment.state not in UNANSWERED:
        raise DomainError(_l("Tugas ini sudah selesai."))
    _end(assignment, at)
    assignment.withdrawn_at = at
    changes.record("duty_merged" if is_merged else "withdrawn", assignment, at)
    if is_merged:
        letters.tell_holder(assignment, "duty_merged", at=at)


def restore(assignment: Assignment, *, at: datetime) -> None:
    """It was withdrawn by mistake: the duty goes on with the days it had left."""
    changes.claim(assignment)
    if assignment.withdrawn_at is None:
        raise DomainError(_l("Tugas ini tidak ditarik."))
    changes.touch(assignment)
    deadlines.restore(assignment.clock, at=at)
    assignment.state = AssignmentState.OPEN
    assignment.ended_at = assignment.withdrawn_at = None
    workload.count_open(assignment.official_id, +1)
    changes.record("duty_restored", assignment, at)
    letters.tell_holder(assignment, "duty_restored", at=at)


def change_matter(assignment: Assignment, matter: str, *, at: datetime) -> None:
    """It is of another kind: another limit counts from the same origin on. Whoever holds it and whoever
    waits for it are told which due times moved; where none did, the holder is told of the kind."""
    changes.claim(assignment)
    changes.check_open(assignment)
    changes.touch(assignment)
    assignment.matter = str(matter)
    if not deadlines.change_matter(assignment.clock, matter, at=at).moves:
        letters.tell_holder(assignment, "duty_kind_changed", at=at)


def finish(assignment: Assignment, *, at: datetime) -> None:
    """The matter ended for good: by the resident's verdict, by silence, or by moderators."""
    changes.claim(assignment)
    if assignment.state != AssignmentState.CLOSED:
        _end(assignment, at)


def react_by(answered_at: datetime) -> datetime | None:
    """Until when somebody may react to an answer; None as long as the calendar does not reach that far."""
    try:
        days = deadline_queries.policy(answered_at).silence_days
        return deadline_queries.working_days_after(answered_at, days)
    except CalendarHorizon:
        return None


def _end(assignment: Assignment, at: datetime) -> None:
    changes.touch(assignment)
    if assignment.state in UNANSWERED:
        deadlines.close(assignment.clock, at=at)
    if assignment.state == AssignmentState.OPEN:
        workload.count_open(assignment.official_id, -1)
    if assignment.triage_clock is not None:
        deadlines.close(assignment.triage_clock, at=at)
    assignment.state = AssignmentState.CLOSED
    assignment.ended_at, assignment.disputed_at, assignment.react_by = at, None, None
