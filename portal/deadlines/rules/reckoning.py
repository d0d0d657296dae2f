"""What a clock's ledger amounts to: each stage with its due time and how it came about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from portal.deadlines.rules import counting
from portal.deadlines.rules.calendar import Calendar, CalendarHorizon
from portal.deadlines.rules.counting import Pause, Span
from portal.deadlines.rules.policy import Limit, Policy, Unit
from portal.deadlines.rules.stages import Stage, Step


class StageState(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"  # no due time until the resident replies
    UNKNOWN = "unknown"  # the calendar does not reach that far yet
    MET = "met"
    ENDED = "ended"  # without being met


@dataclass(frozen=True)
class StageReckoning:
    """One stage. `due_at` None: paused, or outside the calendar's covered days.

    `needed` days (or minutes) make the due time: the limit, plus what was extended, granted because of
    a changed calendar (`grace`), and given back at reopening so that at least one is left (`top_up`).
    """

    stage: Stage
    round: int
    origin_at: datetime
    agency_id: int | None
    limit: Limit | None
    extension: int
    grace: int
    top_up: int
    spans: tuple[Span, ...]
    pauses: tuple[Pause, ...]
    due_at: datetime | None
    original_due_at: datetime | None
    met_at: datetime | None
    ended_at: datetime | None
    reckoned_at: datetime

    @property
    def calendar(self) -> Calendar | None:
        """The calendar that it counts on now; None for an imported matter."""
        return self.spans[-1].calendar if self.spans else None

    @property
    def is_imported(self) -> bool:
        return self.limit is None

    @property
    def settled_at(self) -> datetime | None:
        """When it was met or ended, None while it is open."""
        return self.met_at or self.ended_at

    @property
    def is_open(self) -> bool:
        return self.settled_at is None

    @property
    def needed(self) -> int:
        """Days (or minutes) in all until due; 0 for an imported matter."""
        amount = self.limit.amount if self.limit else 0
        return amount + self.extension + self.grace + self.top_up

    @property
    def state(self) -> StageState:
        if self.met_at:
            return StageState.MET
        if self.ended_at:
            return StageState.ENDED
        if self.due_at is None and self.pauses and self.pauses[-1].end is None:
            return StageState.PAUSED
        return StageState.RUNNING if self.due_at else StageState.UNKNOWN

    @property
    def is_late(self) -> bool:
        """Was it, or is it, later than due? Exactly at the due time is on time."""
        reached = self.settled_at or self.reckoned_at
        return self.due_at is not None and reached > self.due_at

    @cached_property
    def if_resumed_due_at(self) -> datetime | None:
        """The due time if the resident answered now; None outside the covered days."""
        if self.is_imported or not self.is_open:
            return self.due_at
        return due(self.limit, self.spans, counting.paused_until(self.pauses, self.reckoned_at), self.needed)

    @cached_property
    def used(self) -> int | None:
        """Days (or begun minutes) counted so far; None outside the covered days or when imported."""
        if self.limit is None:
            return None
        until = self.settled_at or self.reckoned_at
        try:
            spans = [*self.spans[:-1], stopped(self.spans[-1], until)]
            return counting.used(spans, self.pauses, self.limit.unit)
        except CalendarHorizon:
            return None

    @cached_property
    def left_at_reopening(self) -> int:
        """Days (or minutes) that were left when it last went on after being closed; 0 if it never was."""
        if self.limit is None or len(self.spans) < 2:
            return 0
        return self.needed - counting.used(self.spans[:-1], self.pauses, self.limit.unit)


def stopped(span: Span, at: datetime) -> Span:
    """The span as far as a moment."""
    until = at if span.until_at is None else min(at, span.until_at)
    return Span(span.calendar, span.zero_on, span.from_at, until)


def due(limit: Limit | None, spans: Sequence[Span], pauses: Sequence[Pause], amount: int) -> datetime | None:
    """When the amount is used up; None while paused and outside the covered days."""
    if limit is None:
        return None
    try:
        return counting.reached_at(spans, pauses, limit.unit, amount)
    except CalendarHorizon:
        return None


def ladder(stage: StageReckoning, policy: Policy) -> dict[Step, datetime]:
    """When each rung of the escalation ladder is reached, as far as known; empty without a due time."""
    if stage.due_at is None or stage.limit is None or stage.calendar is None:
        return {}
    steps: dict[Step, datetime | None] = {}
    is_one_day = stage.limit.unit is Unit.DAYS and stage.limit.amount == 1
    if not is_one_day:  # half a day before the end there is nothing to remind of
        steps[Step.REMIND] = _share_at(stage, policy.remind_share)
    steps[Step.WARN] = _share_at(stage, policy.warn_share)
    steps[Step.DUE] = stage.due_at
    steps[Step.OVERDUE] = close_after(stage.calendar, stage.due_at, policy.overdue_days)
    return {step: at for step, at in steps.items() if at is not None}


def _share_at(stage: StageReckoning, share: float) -> datetime | None:
    unit = stage.limit.unit if stage.limit else Unit.DAYS
    return counting.share_reached_at(stage.spans, stage.pauses, unit, stage.needed, share)


def close_after(calendar: Calendar, at: datetime, days: int) -> datetime | None:
    """Close of office of the n-th working day after a moment; None outside the covered days."""
    try:
        return calendar.closes_at(calendar.add_working_days(calendar.local_date(at), days))
    except CalendarHorizon:
        return None
