"""One stage while its ledger is being read: what it has to count, and when it stopped."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from portal.deadlines.rules import counting
from portal.deadlines.rules.calendar import Calendar, CalendarHorizon
from portal.deadlines.rules.counting import Pause, Span
from portal.deadlines.rules.policy import Limit, Unit
from portal.deadlines.rules.reckoning import StageReckoning, close_after, due
from portal.deadlines.rules.stages import Stage


@dataclass(slots=True)
class Run:
    """A stage in the making. An imported one has no limit and no spans: its due time is a given."""

    stage: Stage
    origin_at: datetime
    agency_id: int | None
    limit: Limit | None
    spans: list[Span]
    round: int = 1
    extension: int = 0
    grace: int = 0
    top_up: int = 0
    met_at: datetime | None = None
    ended_at: datetime | None = None
    due_at: datetime | None = None  # fixed when the stage is settled, or by the import
    original_due_at: datetime | None = None

    @property
    def is_imported(self) -> bool:
        return self.limit is None

    @property
    def settled_at(self) -> datetime | None:
        return self.met_at or self.ended_at

    @property
    def needed(self) -> int:
        amount = self.limit.amount if self.limit else 0
        return amount + self.extension + self.grace + self.top_up

    def due(self, pauses: Sequence[Pause]) -> datetime | None:
        """The due time under these pauses; None while paused and outside the covered days."""
        return self.due_at if self.is_imported else due(self.limit, self.spans, pauses, self.needed)

    def due_as_of(self, pauses: Sequence[Pause], at: datetime) -> datetime | None:
        """The due time if a pause that is still open ended at this moment."""
        return self.due(counting.paused_until(pauses, self.settled_at or at))

    def is_late(self, pauses: Sequence[Pause], at: datetime) -> bool:
        due_at = self.due_as_of(pauses, at)
        return due_at is not None and (self.settled_at or at) > due_at

    def settle(self, pauses: Sequence[Pause], at: datetime) -> None:
        """Stop counting and fix the due time as it stands; the caller says how it was settled."""
        if not self.is_imported:
            self.fix(counting.paused_until(pauses, at))
            self.spans[-1] = replace(self.spans[-1], until_at=at)

    def fix(self, pauses: Sequence[Pause]) -> None:
        """Write down the due time under these pauses."""
        self.due_at = self.due(pauses)
        self.original_due_at = due(self.limit, self.spans, pauses, self.needed - self.extension)

    def continued(self, calendar: Calendar, pauses: Sequence[Pause], at: datetime) -> "Run":
        """The stage after reopening: it goes on with what it had left, at least one, from the day after."""
        fresh = replace(self, met_at=None, ended_at=None)
        if self.limit is None:
            return fresh
        fresh.spans = [*self.spans, Span(calendar, calendar.local_date(at), at)]
        fresh.top_up += max(0, self._used(pauses) + 1 - self.needed)
        return fresh

    def recount(self, calendar: Calendar, limit: Limit, pauses: Sequence[Pause], at: datetime) -> None:
        """Count on another calendar or limit from a moment on.

        The due time never moves to earlier than the close of the working day after; the days which
        that takes are granted for good.
        """
        if self.is_imported or (self.settled_at and self.due_at):
            return
        earlier = self.due_as_of(pauses, at)
        last = self.spans[-1]
        self.spans[-1] = Span(calendar, calendar.local_date(last.from_at), last.from_at, last.until_at)
        self.limit = limit
        found = self.due_as_of(pauses, at)
        if found is not None:
            goal = not_earlier(found, earlier, close_after(calendar, at, 1))
            if goal > found:
                self._grant_until(goal, pauses, at)
        if self.settled_at is not None:
            self.fix(counting.paused_until(pauses, self.settled_at))

    def reckoning(self, pauses: Sequence[Pause], now: datetime) -> StageReckoning:
        """The stage as a value; an open one gets the due time of this moment."""
        if self.settled_at is not None:
            pauses = counting.paused_until(pauses, self.settled_at)
        elif not self.is_imported:
            self.fix(pauses)
        return StageReckoning(
            stage=self.stage,
            round=self.round,
            origin_at=self.origin_at,
            agency_id=self.agency_id,
            limit=self.limit,
            extension=self.extension,
            grace=self.grace,
            top_up=self.top_up,
            spans=tuple(self.spans),
            pauses=tuple(pauses),
            due_at=self.due_at,
            original_due_at=self.original_due_at,
            met_at=self.met_at,
            ended_at=self.ended_at,
            reckoned_at=now,
        )

    def _used(self, pauses: Sequence[Pause]) -> int:
        """What had counted when the stage was settled; everything where the days are not covered."""
        unit = self.limit.unit if self.limit else Unit.DAYS
        try:
            return counting.used(self.spans, pauses, unit)
        except CalendarHorizon:
            return self.needed

    def _grant_until(self, goal: datetime, pauses: Sequence[Pause], at: datetime) -> None:
        """Grant the smallest amount with which the due time is not before the goal."""
        unit = self.limit.unit if self.limit else Unit.DAYS
        until = counting.paused_until(pauses, self.settled_at or at)
        spans = [*self.spans[:-1], replace(self.spans[-1], until_at=goal)]
        self.grace += counting.used(spans, until, unit) - self.needed
        found = self.due_as_of(pauses, at)
        if found is not None and found < goal:  # used up at the close before: the next day or minute
            self.grace += 1


def not_earlier(found: datetime, earlier: datetime | None, earliest: datetime | None) -> datetime:
    """A recomputed moment, held back where it would move to earlier than allowed.

    `earlier` is what was said before, None when nothing was; `earliest` the first moment it may move to.
    """
    said = [moment for moment in (earlier, earliest) if moment is not None]
    return max(found, min(said)) if said else found
