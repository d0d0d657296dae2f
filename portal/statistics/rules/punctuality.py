"""On-time share: of the stages whose due time fell in a period, those met by then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from portal.statistics.rules.intervals import Interval, wilson


class DueStage(NamedTuple):
    """A stage with a due time: when it was due, and when it was met or ended by something else."""

    due_at: datetime
    met_at: datetime | None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Punctuality:
    """Stages that fell due, those among them met by then, and those met too late by the cut-off."""

    due: int
    on_time: int
    met_late: int

    @property
    def late(self) -> int:
        """Stages met too late or not at all."""
        return self.due - self.on_time

    @property
    def share(self) -> float | None:
        """On-time share; None when nothing fell due."""
        return self.on_time / self.due if self.due else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's 95 % interval."""
        return wilson(self.on_time, self.due)


def punctuality(
    stages: Iterable[DueStage], *, start: datetime, end: datetime, cutoff: datetime
) -> Punctuality:
    """Counts over the stages due in [start, end), as far as the cut-off had passed their due time.

    Met exactly at the due time is on time. A stage never met stays in the denominator. One whose
    matter was withdrawn or merged before the due time had no due time any more.
    """
    due = on_time = met_late = 0
    for due_at, met_at, ended_at in stages:
        if not (start <= due_at < end and due_at <= cutoff):
            continue
        is_on_time = met_at is not None and met_at <= due_at
        if not is_on_time and ended_at is not None and ended_at <= due_at:
            continue
        due += 1
        on_time += is_on_time
        met_late += met_at is not None and due_at < met_at <= cutoff
    return Punctuality(due, on_time, met_late)
