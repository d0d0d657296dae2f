"""How a duty stands, in plain sentences for whoever waits: what holds now, since when, and what comes next.

Read from the duty, its clocks and its public record, so that its page and the explanation of its due times
say the same.
"""

from collections.abc import Callable, Iterator, Sequence

from portal.assignments.models import Assignment, Response
from portal.assignments.rules import AssignmentState
from portal.assignments.standing import closing, holding, running
from portal.assignments.standing.known import Known, Quote, Standing, joined
from portal.assignments.standing.running import if_answered
from portal.deadlines.presentation import ClockValue
from portal.ledger.models import Event

__all__ = ["Standing", "if_answered", "joined", "of"]


def of(
    assignment: Assignment,
    *,
    clocks: Sequence[ClockValue],
    events: Sequence[Event],
    passes: Sequence[Response] | None = None,
    quote: Quote = str,
) -> list[Standing]:
    """All that holds now, most pressing first; `clocks` are the duty's own.

    `passes` are its transfers where they were read with all that was said; see also queries.with_course.
    """
    known = Known(assignment, clocks, events, assignment.passes if passes is None else passes, quote)
    return [one for tell in TELLERS[assignment.state] for one in tell(known)]


TELLERS: dict[AssignmentState, tuple[Callable[[Known], Iterator[Standing]], ...]] = {
    AssignmentState.OPEN: (
        running.paused,
        running.unanswered,
        closing.reopened,
        running.extensions,
        holding.holder,
    ),
    AssignmentState.RETURNED: (holding.returned, running.extensions),
    AssignmentState.ANSWERED: (closing.awaits_verdict,),
    AssignmentState.CLOSED: (closing.over,),
}
