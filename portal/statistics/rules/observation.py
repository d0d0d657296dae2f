"""How long each matter of a cohort was observed, and what ended the observation."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple


class Course(NamedTuple):
    """One matter's course: when it started, and when the event or a competing ending came."""

    start: datetime
    event: datetime | None
    competing: datetime | None


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

    def answered_only(self) -> "Observed":
        """The same cohort with everything unanswered dropped: the misleading habit, for contrast."""
        return Observed(events=self.events)


def observe(courses: Iterable[Course], cutoff: datetime) -> Observed:
    """Durations in seconds as they stood at the cut-off.

    What came after the cut-off is not known yet: such a matter is right-censored there. A matter
    that started after the cut-off is no part of the cohort. Of an event and a competing ending at
    the same instant the event counts.
    """
    observed = Observed()
    for start, event, competing in courses:
        if start > cutoff:
            continue
        if event is not None and event <= cutoff and (competing is None or event <= competing):
            observed.events.append(_seconds(start, event))
        elif competing is not None and competing <= cutoff:
            observed.competing.append(_seconds(start, competing))
        else:
            observed.censored.append(_seconds(start, cutoff))
    return observed


def _seconds(start: datetime, end: datetime) -> float:
    # An imported source may close a matter before it opened it; nothing waits less than no time.
    return max((end - start).total_seconds(), 0.0)
