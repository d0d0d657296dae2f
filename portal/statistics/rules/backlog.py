"""Flow and stock: what came in and was closed in a period, and what stood open at its end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import NamedTuple

from portal.statistics.rules.closures import Closure
from portal.statistics.rules.curves import TOLERANCE


class Standing(NamedTuple):
    """What decides whether a matter is open: its receipt, its closures, a competing ending."""

    received_at: datetime
    closures: Sequence[Closure]
    ended_at: datetime | None
    due_at: datetime | None = None

    def is_open(self, at: datetime) -> bool:
        """Open means received, not ended, and since its last closure opened again."""
        if self.received_at > at or (self.ended_at is not None and self.ended_at <= at):
            return False
        made = [closure for closure in self.closures if closure.closed_at <= at]
        return not made or (made[-1].reopened_at is not None and made[-1].reopened_at <= at)


@dataclass(frozen=True, slots=True)
class Backlog:
    """Matters open at one instant, their ages in seconds, and how many were past their due time."""

    ages: list[float]
    overdue: int

    @property
    def size(self) -> int:
        """Open matters."""
        return len(self.ages)

    def age(self, p: float) -> float | None:
        """The smallest age that a share of at least `p` does not exceed; None when none is open."""
        if not self.ages:
            return None
        return self.ages[max(ceil(p * self.size - TOLERANCE), 1) - 1]


def backlog(standings: Iterable[Standing], at: datetime) -> Backlog:
    """The stock at an instant, ages ascending."""
    open_ones = [standing for standing in standings if standing.is_open(at)]
    ages = sorted((at - standing.received_at).total_seconds() for standing in open_ones)
    overdue = sum(s.due_at is not None and s.due_at < at for s in open_ones)
    return Backlog(ages, overdue)
