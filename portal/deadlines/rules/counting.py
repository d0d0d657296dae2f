"""Counting along a calendar: which days or minutes a clock uses up, and when it has used them up.

A day counts iff the clock runs at its close of office hours; for limits in minutes each minute of
office hours counts in which the clock runs.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import ceil
from typing import NamedTuple

from portal.deadlines.rules.calendar import MINUTE, Calendar, CalendarHorizon
from portal.deadlines.rules.policy import Unit


class Pause(NamedTuple):
    """The clock stands still from `start` on, until just before `end`; None while it still does.

    One that ended by itself at its cap covers that moment too: the last day of the cap is a day off.
    """

    start: datetime
    end: datetime | None = None
    is_capped: bool = False

    def holds(self, at: datetime) -> bool:
        """Does the clock stand still at this moment?"""
        if at < self.start:
            return False
        return self.end is None or at < self.end or (self.is_capped and at == self.end)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch in which a stage runs. `zero_on` is day zero; counting begins the day after.

    `until_at` is the moment it stopped for good (met, ended), None while it goes on.
    """

    calendar: Calendar
    zero_on: date
    from_at: datetime
    until_at: datetime | None = None


def paused_until(pauses: Sequence[Pause], at: datetime) -> list[Pause]:
    """The pauses as they were at a moment, one that was still going on ended there."""
    return [
        pause if pause.end is not None and pause.end <= at else Pause(pause.start, at)
        for pause in pauses
        if pause.start < at
    ]


def used(spans: Iterable[Span], pauses: Sequence[Pause], unit: Unit) -> int:
    """Days or begun minutes that count in these spans. Raises CalendarHorizon."""
    if unit is Unit.DAYS:
        return sum(len(places) for span in spans for places in _counted(span, pauses))
    time = timedelta()
    for span in spans:
        time += sum((_office_time(span, part) for part in parts(span, pauses)), timedelta())
    return ceil(time / MINUTE)


def reached_at(spans: Sequence[Span], pauses: Sequence[Pause], unit: Unit, amount: int) -> datetime | None:
    """When the amount is used up, if the last span went on for ever; None while a pause is open.

    Raises CalendarHorizon when that moment lies outside the covered days.
    """
    endless = [*spans[:-1], replace(spans[-1], until_at=None)]
    if unit is Unit.DAYS:
        return _day_reached(endless, pauses, amount)
    return _time_reached(endless, pauses, amount * MINUTE)


def share_reached_at(
    spans: Sequence[Span], pauses: Sequence[Pause], unit: Unit, amount: int, share: float
) -> datetime | None:
    """When this share of the office time of the amount is used up. Raises CalendarHorizon."""
    endless = [*spans[:-1], replace(spans[-1], until_at=None)]
    if unit is Unit.MINUTES:
        return _time_reached(endless, pauses, amount * share * MINUTE)
    days = [span.calendar.working_days[place] for span, place in _first(endless, pauses, amount)]
    goal = sum(day.minutes for day in days) * share
    for day in days:
        if goal <= day.minutes:
            return day.opens_at + goal * MINUTE
        goal -= day.minutes
    return None


def _first(spans: Sequence[Span], pauses: Sequence[Pause], amount: int) -> Iterator[tuple[Span, int]]:
    """The first counted days, each with its span."""
    for span in spans:
        for places in _counted(span, pauses):
            for place in places[:amount]:
                yield span, place
            amount -= min(amount, len(places))


def _day_reached(spans: Sequence[Span], pauses: Sequence[Pause], amount: int) -> datetime | None:
    for span in spans:
        for places in _counted(span, pauses):
            if amount <= len(places):
                return span.calendar.at_index(places[amount - 1]).closes_at
            amount -= len(places)
    if pauses and pauses[-1].end is None:
        return None
    raise CalendarHorizon(spans[-1].calendar.covered_to)


def _counted(span: Span, pauses: Sequence[Pause]) -> list[range]:
    """Places of the counted days in the calendar's working days, in runs between pauses."""
    calendar = span.calendar
    place = calendar.index_after(span.zero_on)
    last = len(calendar.working_days)
    if span.until_at is not None:
        last = calendar.index_closing_at(span.until_at)
    runs = []
    for pause in pauses:
        runs.append(range(place, min(calendar.index_closing_at(pause.start), last)))
        place = max(place, _place_after(calendar, pause))
    runs.append(range(place, last))
    return [run for run in runs if run]


def _place_after(calendar: Calendar, pause: Pause) -> int:
    if pause.end is None:
        return len(calendar.working_days)
    if pause.is_capped:
        return calendar.index_closing_after(pause.end)
    return calendar.index_closing_at(pause.end)


class Part(NamedTuple):
    """A stretch without pause; `end` None: it goes on."""

    start: datetime
    end: datetime | None

    @property
    def is_some(self) -> bool:
        return self.end is None or self.start < self.end


def parts(span: Span, pauses: Sequence[Pause]) -> list[Part]:
    """The stretches of a span in which the clock runs."""
    found: list[Part] = []
    start = span.from_at
    for pause in pauses:
        found.append(Part(start, _earlier(pause.start, span.until_at)))
        if pause.end is None:
            return [part for part in found if part.is_some]
        start = max(start, pause.end)
    found.append(Part(start, span.until_at))
    return [part for part in found if part.is_some]


def _earlier(one: datetime, other: datetime | None) -> datetime:
    return one if other is None else min(one, other)


def _office_time(span: Span, part: Part) -> timedelta:
    if part.end is None:
        raise ValueError("an endless part has no length")
    return span.calendar.working_time_between(part.start, part.end)


def _time_reached(spans: Sequence[Span], pauses: Sequence[Pause], goal: timedelta) -> datetime | None:
    for span in spans:
        for part in parts(span, pauses):
            if part.end is None:
                return span.calendar.add_working_time(part.start, goal)
            found = _time_inside(span.calendar, part.start, part.end, goal)
            if found is not None:
                return found
            goal -= _office_time(span, part)
    return None


def _time_inside(calendar: Calendar, start: datetime, end: datetime, goal: timedelta) -> datetime | None:
    """When so much office time has passed, if that is before the end; the end itself need not be covered."""
    try:
        found = calendar.add_working_time(start, goal)
    except CalendarHorizon:
        return None
    return found if found <= end else None
