"""Counted time: office hours from disposition on, net of pauses. What the office answers for."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol


class OfficeHours(Protocol):
    """A calendar that measures the office time between two moments."""

    def working_time_between(self, start: datetime, end: datetime) -> timedelta:
        """Exact office time between two moments."""


def working_seconds(
    calendar: OfficeHours,
    start: datetime,
    end: datetime,
    pauses: Sequence[tuple[datetime, datetime | None]],
) -> float:
    """Seconds of office hours from `start` to `end` in which no pause held the clock; never negative."""
    total = calendar.working_time_between(start, max(start, end))
    for paused_at, resumed_at in pauses:
        held_from, held_to = max(paused_at, start), min(resumed_at or end, end)
        if held_from < held_to:
            total -= calendar.working_time_between(held_from, held_to)
    return total.total_seconds()
