"""What happens to clocks by themselves: rungs of the escalation ladder, and the end of a long pause."""

from datetime import datetime
from typing import cast

from sqlalchemy import CursorResult, update

from portal.db import db
from portal.deadlines import hooks
from portal.deadlines.models import Clock, StageDeadline
from portal.deadlines.rules.ledger import Entry, EntryKind
from portal.deadlines.rules.reckoning import ladder
from portal.deadlines.rules.stages import LADDER, Step
from portal.deadlines.services.storing import (
    append,
    next_step_at,
    reckoning_of,
    refresh,
    rung_after,
)


def take_step(row: StageDeadline, *, at: datetime) -> Step | None:
    """Take the stage's next rung, once: of several workers one gets it, the others None.

    The one that gets it tells whom it concerns in the same transaction, so that a crash loses nothing.
    """
    steps = _ladder_of(row, at)
    place = rung_after(steps, row.step_count)
    if place is None or steps[LADDER[place]] > at:
        refresh(row.clock, at=at)  # the stored copy was out of date
        return None
    took = update(StageDeadline).where(
        StageDeadline.id == row.id,
        StageDeadline.step_count == row.step_count,
        StageDeadline.origin_at == row.origin_at,
        StageDeadline.is_open,
    )
    changes = {"step_count": place + 1, "next_step_at": next_step_at(steps, place + 1)}
    result = db.session.execute(took.values(changes).execution_options(synchronize_session=False))
    db.session.expire(row)
    return LADDER[place] if cast("CursorResult[object]", result).rowcount == 1 else None


def escalate(row: StageDeadline, *, at: datetime) -> Step | None:
    """Take the next rung and let those who signed in act on it."""
    step = take_step(row, at=at)
    if step is not None:
        for listener in hooks.step_listeners:
            listener(row, step, at)
    return step


def end_capped_pause(clock: Clock, *, at: datetime) -> None:
    """Nobody replied: write down that the clock runs on since the cap, and let others act on it."""
    if clock.pause_ends_at is None or at < clock.pause_ends_at:
        return
    append(clock, Entry(EntryKind.RESUME, clock.pause_ends_at), at=at)
    for listener in hooks.pause_listeners:
        listener(clock, at)


def _ladder_of(row: StageDeadline, at: datetime) -> dict[Step, datetime]:
    reckoning = reckoning_of(row.clock, at=at)
    stage = reckoning.stages[row.stage]
    if reckoning.policy is None or not stage.is_open or stage.round != row.round:
        return {}
    return ladder(stage, reckoning.policy)
