"""What features above do when a clock reaches something; they sign in at app start.

Each function hears of every clock and ignores those that are not its own.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, TypeVar

from portal.deadlines.models import Clock, StageDeadline
from portal.deadlines.rules.stages import Stage, Step


class Move(NamedTuple):
    """A due time that another calendar or policy moved; None is `not yet known` or paused."""

    clock_id: int
    stage: Stage
    old_due_at: datetime | None
    new_due_at: datetime | None


OnStep = Callable[[StageDeadline, Step, datetime], None]
OnPauseCapped = Callable[[Clock, datetime], None]
OnMove = Callable[[Move, datetime], None]

Listener = TypeVar("Listener")

step_listeners: list[OnStep] = []
pause_listeners: list[OnPauseCapped] = []
move_listeners: list[OnMove] = []


def on_step(listener: OnStep) -> OnStep:
    """`listener(stage_deadline, step, at)` for each rung of the escalation ladder, exactly once."""
    return _sign_in(step_listeners, listener)


def on_pause_capped(listener: OnPauseCapped) -> OnPauseCapped:
    """`listener(clock, at)` when a question was not answered and the clock runs on by itself."""
    return _sign_in(pause_listeners, listener)


def on_move(listener: OnMove) -> OnMove:
    """`listener(move, at)` for each due time that a new calendar or policy moved."""
    return _sign_in(move_listeners, listener)


def _sign_in(listeners: list[Listener], listener: Listener) -> Listener:
    if listener not in listeners:  # an app made twice in one process still hears each thing once
        listeners.append(listener)
    return listener
