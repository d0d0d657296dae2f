"""What happens to clocks by themselves: the rungs of the escalation ladder."""

from datetime import datetime

from portal.deadlines import hooks
from portal.deadlines.models import StageDeadline
from portal.deadlines.rules.reckoning import ladder
from portal.deadlines.rules.stages import LADDER, Step
from portal.deadlines.services.storing import (
    lock,
    next_step_at,
    reckoning_of,
    refresh,
    rung_after,
)


def take_step(row: StageDeadline, *, at: datetime) -> Step | None:
    """Take the stage's next rung, once: of several workers one gets it, the others None.

    The one that gets it tells whom it concerns in the same transaction, so that a crash loses nothing.
    """
    lock(row.clock, at)
    steps = _ladder_of(row, at)
    place = rung_after(steps, row.step_count)
    if place is None or steps[LADDER[place]] > at:
        refresh(row.clock, at=at)  # the stored copy was out of date
        return None
    row.step_count, row.next_step_at = place + 1, next_step_at(steps, place + 1)
    return LADDER[place]


def escalate(row: StageDeadline, *, at: datetime) -> Step | None:
    """Take the next rung and let those who signed in act on it."""
    step = take_step(row, at=at)
    if step is not None:
        for listener in hooks.step_listeners:
            listener(row, step, at)
    return step


def _ladder_of(row: StageDeadline, at: datetime) -> dict[Step, datetime]:
    reckoning = reckoning_of(row.clock, at=at)
    stage = reckoning.stages[row.stage]
    if reckoning.policy is None or not stage.is_open or stage.round != row.round:
        return {}
    return ladder(stage, reckoning.policy)
