"""A due time, day by day: what each calendar day did to it and why."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import chain
from typing import NamedTuple
from zoneinfo import ZoneInfo

from portal.deadlines.rules import counting
from portal.deadlines.rules.calendar import MINUTE, Calendar, CalendarHorizon, OffKind
from portal.deadlines.rules.counting import Pause, Span
from portal.deadlines.rules.policy import Unit
from portal.deadlines.rules.reckoning import StageReckoning, StageState

ONE_DAY = timedelta(days=1)


class DayState(StrEnum):
    """How the woven deadline draws a day."""

    RAN = "ran"
    NOW = "now"  # today, still counting
    WAITING = "waiting"
    OFF = "off"
    LEFT = "left"
    OVER = "over"


class Reason(StrEnum):
    """Why a day counts or does not."""

    ZERO = "zero"  # the day it began
    REOPENED = "reopened"  # day zero of going on
    COUNTED = "counted"
    PAUSED = "paused"
    WEEKEND = "weekend"
    NATIONAL = "national"
    JOINT_LEAVE = "joint_leave"
    CLOSURE = "closure"
    STOPPED = "stopped"  # it was closed before this day's close of office
    GAP = "gap"  # between closing and reopening
    OVER = "over"  # a working day past the due time


class Day(NamedTuple):
    """One calendar day. `number` says it is the n-th counted one; `minutes` how many of it counted where
    the limit is in minutes; `holiday` and `regime` name what made it a day off or changed its hours."""

    on: date
    state: DayState
    reason: Reason
    number: int | None = None
    minutes: int | None = None
    is_due: bool = False
    holiday: str = ""
    regime: str = ""


@dataclass(frozen=True)
class Explanation:
    """All days of a stage, from day zero to the due time or, when that is later, to its end or today."""

    days: tuple[Day, ...]

    @property
    def counted(self) -> int:
        """Counted days up to the due time, those to come included."""
        return sum(day.number is not None for day in self.days)

    @property
    def minutes(self) -> int:
        return sum(day.minutes or 0 for day in self.days)

    @property
    def over(self) -> int:
        """Working days past the due time."""
        return sum(day.reason is Reason.OVER for day in self.days)


def explain(stage: StageReckoning) -> Explanation:
    """Each day of a stage. A paused stage is shown as if the resident answered now; one whose due time
    lies outside the calendar ends with the last covered day; an imported one has no days."""
    return Explanation(tuple(days_of(stage)))


def days_of(stage: StageReckoning) -> Iterator[Day]:
    """The same days one by one, for those who need only the first of them."""
    if stage.spans and stage.spans[0].zero_on <= stage.spans[0].calendar.covered_to:
        yield from _Walk(stage).days()


def over_days(stage: StageReckoning, explained: Callable[[], Explanation]) -> int:
    """Working days past the due time, as `Explanation.over`; most stages need not be walked for it."""
    if len(stage.spans) != 1 or stage.due_at is None:
        return explained().over
    calendar = stage.spans[0].calendar
    now = stage.settled_at or stage.reckoned_at
    until = min(calendar.local_date(now), calendar.covered_to)
    due_on = calendar.local_date(stage.due_at)
    return calendar.working_days_between(due_on, until) if due_on < until else 0


def days_left(stage: StageReckoning) -> int:
    """Working days after today up to the due day of a running stage."""
    calendar = stage.spans[-1].calendar
    if stage.due_at is None:
        return 0
    today, due_on = calendar.local_date(stage.reckoned_at), calendar.local_date(stage.due_at)
    return calendar.working_days_between(today, due_on) if today < due_on else 0


class _Walk:
    """From day zero on, day by day."""

    def __init__(self, stage: StageReckoning) -> None:
        self.stage = stage
        self.now = stage.settled_at or stage.reckoned_at
        self.is_paused = stage.state is StageState.PAUSED
        self.pauses: Sequence[Pause] = stage.pauses
        if self.is_paused:
            self.pauses = counting.paused_until(stage.pauses, self.now)
        self.due_at = stage.if_resumed_due_at if self.is_paused else stage.due_at
        # The due time is told as if the stage went on: what ended it does not change how it was counted.
        self.spans = [*stage.spans[:-1], replace(stage.spans[-1], until_at=None)]
        self.counted = 0
        self._dates: dict[tuple[ZoneInfo, datetime], date] = {}

    def days(self) -> Iterator[Day]:
        spans = self._spans_by_day()
        try:
            for place, span in enumerate(spans):
                is_last = place + 1 == len(spans)
                last_on = self._last_on() if is_last else spans[place + 1].zero_on - ONE_DAY
                if self._is_in_minutes:  # minutes count from the very moment, so there is no day zero
                    first_on = span.zero_on
                else:
                    yield self._day_zero(span, spans[place - 1] if place else None)
                    first_on = span.zero_on + ONE_DAY
                yield from self._stretch(span, first_on, last_on)
        except CalendarHorizon:
            return

    def _day_zero(self, span: Span, before: Span | None) -> Day:
        """Day zero of a span; reopened after that day's close of office, it had counted already."""
        if before is None:
            return Day(span.zero_on, DayState.OFF, Reason.ZERO)
        day = self._day(before, span.zero_on)
        return day if day.number else Day(span.zero_on, DayState.OFF, Reason.REOPENED)

    def _spans_by_day(self) -> list[Span]:
        """The spans without those that were stopped and went on within one day."""
        return list({span.zero_on: span for span in self.spans}.values())

    def _last_on(self) -> date:
        """The due day, or the end or today when it was late; the calendar's last day when unknown."""
        calendar = self.stage.spans[-1].calendar
        if self.due_at is None:
            return calendar.covered_to
        return max(calendar.local_date(self.due_at), calendar.local_date(self.now))

    def _stretch(self, span: Span, day: date, last_on: date) -> Iterator[Day]:
        while day <= last_on:
            yield self._day(span, day)
            day += ONE_DAY

    def _day(self, span: Span, day: date) -> Day:
        calendar, until = span.calendar, span.until_at
        if until is not None and day > self._on(calendar, until):
            return Day(day, DayState.OFF, Reason.GAP)
        off, closes_at, _regime = calendar.facts(day)
        if off is not None:
            return Day(day, DayState.OFF, OFF_REASONS[off.kind], holiday=off.name)
        if self._is_past_due(calendar, day):
            return Day(day, DayState.OVER, Reason.OVER)
        if self._is_in_minutes:
            return self._day_of_minutes(span, day)
        if until is not None and closes_at >= until:
            return Day(day, DayState.OFF, Reason.STOPPED)
        if any(pause.holds(closes_at) for pause in self.pauses):
            return Day(day, DayState.WAITING, Reason.PAUSED)
        return self._counted_day(calendar, day)

    def _is_past_due(self, calendar: Calendar, day: date) -> bool:
        return self.due_at is not None and day > self._on(calendar, self.due_at)

    def _on(self, calendar: Calendar, at: datetime) -> date:
        """The local date of a moment; the same few moments are asked for on every day."""
        key = (calendar.zone, at)
        if key not in self._dates:
            self._dates[key] = calendar.local_date(at)
        return self._dates[key]

    @cached_property
    def _is_in_minutes(self) -> bool:
        return self.stage.limit is not None and self.stage.limit.unit is Unit.MINUTES

    def _counted_day(self, calendar: Calendar, day: date, minutes: int | None = None) -> Day:
        self.counted += 1
        is_due = self.due_at is not None and day == self._on(calendar, self.due_at)
        return Day(
            on=day,
            state=self._state(calendar, day),
            reason=Reason.COUNTED,
            number=self.counted,
            minutes=minutes,
            is_due=is_due,
            regime=calendar.facts(day).regime,
        )

    def _day_of_minutes(self, span: Span, day: date) -> Day:
        """The part of the day's office hours in which the clock ran; it may have stopped and gone on."""
        office = span.calendar.working_day(day)
        end = min(office.closes_at, self.due_at or office.closes_at)
        ran = timedelta()
        for part in chain.from_iterable(counting.parts(one, self.pauses) for one in self.spans):
            stop = end if part.end is None else min(part.end, end)
            ran += max(stop - max(part.start, office.opens_at), timedelta())
        if ran:
            return self._counted_day(span.calendar, day, round(ran / MINUTE))
        if any(pause.holds(office.closes_at) for pause in self.pauses):
            return Day(day, DayState.WAITING, Reason.PAUSED)
        return Day(day, DayState.OFF, Reason.ZERO if day == span.zero_on else Reason.STOPPED)

    def _state(self, calendar: Calendar, day: date) -> DayState:
        today = self._on(calendar, self.now)
        if day > today:
            return DayState.LEFT
        if day < today or self.stage.settled_at or calendar.closes_at(day) <= self.now:
            return DayState.RAN
        return DayState.LEFT if self.is_paused else DayState.NOW


OFF_REASONS = {
    OffKind.WEEKEND: Reason.WEEKEND,
    OffKind.NATIONAL: Reason.NATIONAL,
    OffKind.JOINT_LEAVE: Reason.JOINT_LEAVE,
    OffKind.CLOSURE: Reason.CLOSURE,
}
