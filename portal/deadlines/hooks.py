"""What features above do when a clock reaches something; they sign in at app start.

Each function hears of every clock and ignores those that are not its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from portal.deadlines.models import Clock, StageDeadline
from portal.deadlines.rules.stages import Stage, Step


class CauseKind(StrEnum):
    """What made open matters be counted anew."""

    CALENDAR = "calendar"  # a new version of a calendar
    POLICY = "policy"  # a policy applied to open matters
    AGENCY = "agency"  # the agency works by another calendar
    MATTER = "matter"  # it is of another kind, with other limits


class Cause(NamedTuple):
    """Why due times moved: the version, and its decree with its date or the reason that was given."""

    kind: CauseKind
    version: int
    words: str = ""
    decreed_on: date | None = None


class Move(NamedTuple):
    """A stage's due time that moved; None is `not yet known`."""

    stage: Stage
    old_due_at: datetime | None
    new_due_at: datetime | None


@dataclass(frozen=True)
class Moved:
    """All due times of one clock that one cause moved."""

    clock_id: int
    moves: tuple[Move, ...]
    cause: Cause

    @property
    def details(self) -> dict[str, Any]:
        """What the public record keeps of it."""
        moves = [[move.stage, *(due_at and due_at.isoformat() for due_at in move[1:])] for move in self.moves]
        return {"cause": self.cause.kind, "version": self.cause.version, "moves": moves}


OnStep = Callable[[StageDeadline, Step, datetime], None]
OnPauseCapped = Callable[[Clock, datetime], None]
OnMove = Callable[[Moved, datetime], None]

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
    """`listener(moved, at)` once for each clock whose due times a new calendar or policy moved."""
    return _sign_in(move_listeners, listener)


def _sign_in(listeners: list[Listener], listener: Listener) -> Listener:
    if listener not in listeners:  # an app made twice in one process still hears each thing once
        listeners.append(listener)
    return listener
