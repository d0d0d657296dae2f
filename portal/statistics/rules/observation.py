"""How long each matter of a cohort was observed, and what ended the observation."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import NamedTuple


class Outcome(Enum):
    """What ended the observation of a matter."""

    EVENT = 0
    COMPETING = 1  # something that makes the event impossible
    CENSORED = 2  # the cut-off: the event may still come


class Course(NamedTuple):
    """One matter's course: when it started, and when the event or a competing ending came."""

    start: datetime
    event: datetime | None
    competing: datetime | None

    def outcome(self, cutoff: datetime) -> tuple[Outcome, datetime]:
        """How it stood at the cut-off, and since when; what came later is not known yet.

        Of an event and a competing ending at the same instant the event counts.
        """
        event, competing = self.event, self.competing
        if event is not None and event <= cutoff and (competing is None or event <= competing):
            return Outcome.EVENT, event
        if competing is not None and competing <= cutoff:
            return Outcome.COMPETING, competing
        return Outcome.CENSORED, cutoff


@dataclass(slots=True)
class Observed:
    """Durations of a cohort in one unit, apart by how they ended."""

    events: list[float] = field(default_factory=list)
    competing: list[float] = field(default_factory=list)
    censored: list[float] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Matters in the cohort, answered or not."""
        return len(self.events) + len(self.competing) + len(self.censored)

    def add(self, outcome: Outcome, duration: float) -> None:
        """Take one matter in. A source may close before it opened; nothing takes less than no time."""
        (self.events, self.competing, self.censored)[outcome.value].append(max(duration, 0.0))

    def answered_only(self) -> "Observed":
        """The same cohort with everything unanswered dropped: the misleading habit, for contrast."""
        return Observed(events=self.events)


def observe(courses: Iterable[Course], cutoff: datetime) -> Observed:
    """Calendar durations in seconds. A matter that started after the cut-off is no part of the cohort."""
    observed = Observed()
    for course in courses:
        if course.start <= cutoff:
            outcome, end = course.outcome(cutoff)
            observed.add(outcome, (end - course.start).total_seconds())
    return observed
