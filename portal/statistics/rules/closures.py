"""Closures that lasted, and closures that failed because the matter was opened again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from portal.statistics.rules.intervals import Interval, wilson

LASTING_AFTER = timedelta(days=30)  # the resident's time to dispute a closure


class Closure(NamedTuple):
    """One closing of a matter, and when it was opened again."""

    closed_at: datetime
    reopened_at: datetime | None = None

    def lasts(self) -> bool:
        """Whether no reopening within 30 days is on record."""
        return self.reopened_at is None or self.reopened_at > self.closed_at + LASTING_AFTER


def lasting_closure(closures: Sequence[Closure]) -> datetime | None:
    """When a matter was closed for good, as far as is known; `lasting_cutoff` says how far."""
    return next((closure.closed_at for closure in closures if closure.lasts()), None)


def lasting_cutoff(cutoff: datetime) -> datetime:
    """The last instant whose closures have been open to dispute for the full 30 days.

    A younger closure may still fail, so the observation of lasting closure ends here for every
    matter alike; to end it at each closure instead would drop just the quickly closed ones.
    """
    return cutoff - LASTING_AFTER


@dataclass(frozen=True, slots=True)
class Failures:
    """Closures of a period and those among them that were opened again."""

    closures: int
    failed: int

    @property
    def share(self) -> float | None:
        """Share of closures that failed; None without closures."""
        return self.failed / self.closures if self.closures else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's 95 % interval."""
        return wilson(self.failed, self.closures)


def failures(closures: Iterable[Closure], *, start: datetime, end: datetime, cutoff: datetime) -> Failures:
    """Counts over the closures made in [start, end) that were reopened by the cut-off."""
    made = failed = 0
    for closed_at, reopened_at in closures:
        if start <= closed_at < end and closed_at <= cutoff:
            made += 1
            failed += reopened_at is not None and reopened_at <= cutoff
    return Failures(made, failed)
