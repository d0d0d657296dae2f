"""What features above do when somebody's leave changes; they sign in at app start."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from portal.organisation.models import Absence


class LeaveStep(StrEnum):
    """What happened to a leave."""

    ASKED = "asked"
    APPROVED = "approved"  # also when somebody above entered it
    REFUSED = "refused"
    CANCELLED = "cancelled"


OnLeave = Callable[[Absence, LeaveStep, datetime], None]

leave_listeners: list[OnLeave] = []


def on_leave(listener: OnLeave) -> OnLeave:
    """`listener(absence, step, at)` for each step of a leave, in the transaction of its cause."""
    if listener not in leave_listeners:  # an app made twice in one process still hears each thing once
        leave_listeners.append(listener)
    return listener


def tell(absence: Absence, step: LeaveStep, at: datetime) -> None:
    for listener in leave_listeners:
        listener(absence, step, at)
