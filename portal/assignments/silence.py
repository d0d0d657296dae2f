"""Nobody reacts to the answer: reminders, and then an ending of its own that never counts as solved."""

from collections.abc import Sequence
from datetime import datetime

from portal.assignments import changes, owners, queries, services
from portal.assignments.models import Assignment
from portal.assignments.rules import MEETS_RESOLVE, ResponseKind
from portal.deadlines import queries as deadlines
from portal.deadlines import services as clocks
from portal.deadlines.rules.calendar import CalendarHorizon
from portal.jobs import batches

REFUSED, SILENT = "refused", "silence"  # how the record tells the ending


def close(at: datetime, *, limit: int = queries.BATCH) -> bool:
    """End the answered duties to which nobody reacted in time. True when more may wait.

    Where no resident waits for an answer it is simply over.
    """
    return batches.each(queries.silent(at, limit), lambda assignment: _close(assignment, at)) == limit


def remind(at: datetime) -> None:
    """Remind those who brought a matter that their verdict is awaited; each reminder is written once.

    Where several days were missed, only the last one's is written.
    """
    days = deadlines.policy(at).silence_reminder_days
    batches.each(queries.awaiting_verdict(at), lambda assignment: _remind(assignment, days, at))


def was_refused(assignment: Assignment) -> bool:
    """Did the last response that ended the duty refuse?"""
    ending = [one.kind for one in assignment.responses if one.kind in MEETS_RESOLVE]
    return bool(ending) and ending[-1] is ResponseKind.REFUSAL


def _close(assignment: Assignment, at: datetime) -> None:
    services.finish(assignment, at=at)
    if owners.of(assignment).has_resident:
        _end(assignment, at)


def _remind(assignment: Assignment, days: Sequence[int], at: datetime) -> None:
    answered_at = assignment.clock.closed_at or at
    assignment.react_by = assignment.react_by or services.react_by(answered_at)
    reached = [one for one in days if _has_passed(answered_at, one, at)]
    if reached:
        key = f"{clocks.reopenings(assignment.clock)}:{max(reached)}"
        owners.of(assignment).reminded(assignment, key, at)


def _end(assignment: Assignment, at: datetime) -> None:
    is_refused = was_refused(assignment)
    assignment.silent_at = None if is_refused else at
    changes.record("closed_by_silence", assignment, at, ending=REFUSED if is_refused else SILENT)
    owners.of(assignment).fell_silent(assignment, at)


def _has_passed(answered_at: datetime, days: int, at: datetime) -> bool:
    """Are so many working days over since the answer? Nothing is guessed beyond the calendar."""
    try:
        return deadlines.working_days_after(answered_at, days) <= at
    except CalendarHorizon:
        return False
