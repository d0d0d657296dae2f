"""A calendar of office days: which days count, when the office opens and closes, and why a day is off.

A calendar is made from a JSON document:

    {"zone": "Asia/Jakarta", "covered_from": "2022-01-01", "covered_to": "2027-12-31",
     "week": {"mon": ["07:30", "16:00"], ...},                      a missing day is a day off
     "regimes": [{"name": "Ramadan", "from": "2026-02-19", "to": "2026-03-20", "week": {...}}],
     "holidays": [{"on": "2026-03-19", "kind": "national", "name": "Hari Suci Nyepi"}]}

Outside the covered days nothing is guessed: asking for them raises CalendarHorizon.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTE = timedelta(minutes=1)


class CalendarHorizon(Exception):
    """The day asked for lies outside the days that the calendar covers."""


class CalendarError(ValueError):
    """The document does not describe a calendar; the text says what is wrong with it."""


class OffKind(StrEnum):
    """Why a day does not count."""

    WEEKEND = "weekend"
    NATIONAL = "national"  # libur nasional
    JOINT_LEAVE = "joint_leave"  # cuti bersama
    CLOSURE = "closure"  # a local closure


class Holiday(NamedTuple):
    on: date
    kind: OffKind
    name: str


class Hours(NamedTuple):
    """Office hours of one weekday, local wall clock."""

    opens: time
    closes: time


class Regime(NamedTuple):
    """Other office hours from one date to another, both included, e.g. in Ramadan."""

    name: str
    from_on: date
    to_on: date
    week: dict[int, Hours]


class WorkingDay(NamedTuple):
    """A working day with its moments in UTC and its length in minutes."""

    on: date
    opens_at: datetime
    closes_at: datetime
    minutes: int


class DayFacts(NamedTuple):
    """What a day is: off for a reason, or a working day with its close and the regime in force."""

    off: Holiday | None
    closes_at: datetime  # of a day off: its midnight, which nobody asks for
    regime: str


@dataclass(frozen=True)
class Calendar:
    """Office days and hours between two covered dates, both included."""

    zone: ZoneInfo
    covered_from: date
    covered_to: date
    week: dict[int, Hours]
    regimes: tuple[Regime, ...]
    holidays: dict[date, Holiday]

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> "Calendar":
        """Read and check a document. Raises CalendarError with the first thing that is wrong."""
        try:
            return cls._read(document)
        except (KeyError, TypeError, AttributeError) as error:
            raise CalendarError(f"the calendar lacks or misspells {error}") from error
        except (ValueError, ZoneInfoNotFoundError) as error:
            raise CalendarError(str(error)) from error

    @classmethod
    def _read(cls, document: dict[str, Any]) -> "Calendar":
        calendar = cls(
            zone=ZoneInfo(document["zone"]),
            covered_from=date.fromisoformat(document["covered_from"]),
            covered_to=date.fromisoformat(document["covered_to"]),
            week=_week(document["week"]),
            regimes=tuple(_regime(row) for row in document.get("regimes", ())),
            holidays={row.on: row for row in map(_holiday, document.get("holidays", ()))},
        )
        if calendar.covered_from > calendar.covered_to:
            raise CalendarError("covered_from lies after covered_to")
        if not calendar.week or next(calendar._counted(), None) is None:
            raise CalendarError("the calendar has no working day")
        return calendar

    # Days

    def covers(self, day: date) -> bool:
        return self.covered_from <= day <= self.covered_to

    def local_date(self, at: datetime) -> date:
        """The date on the wall of this office at a moment."""
        return at.astimezone(self.zone).date()

    def is_working_day(self, day: date) -> bool:
        """Raises CalendarHorizon outside the covered days."""
        return self.why_off(day) is None

    def why_off(self, day: date) -> Holiday | None:
        """What makes the day a day off, None on a working day. A weekend counts as such even when it
        is a holiday too. Raises CalendarHorizon outside the covered days."""
        self._require(day)
        if self.hours_on(day) is None:
            return Holiday(day, OffKind.WEEKEND, "")
        return self.holidays.get(day)

    def hours_on(self, day: date) -> Hours | None:
        """Office hours that the week or a regime gives this weekday; holidays are not looked at."""
        return self._week_on(day).get(day.weekday())

    def regime_on(self, day: date) -> Regime | None:
        """The regime in force; where two overlap, the one named later in the document."""
        for regime in reversed(self.regimes):
            if regime.from_on <= day <= regime.to_on:
                return regime
        return None

    def facts(self, day: date) -> DayFacts:
        """All that an explanation tells of a day, kept in memory. Raises CalendarHorizon."""
        found = self._facts.get(day)
        if found is None:
            off, regime = self.why_off(day), self.regime_on(day)
            closes_at = datetime.combine(day, time(), self.zone) if off else self.closes_at(day)
            found = self._facts[day] = DayFacts(off, closes_at, regime.name if regime else "")
        return found

    def opens_at(self, day: date) -> datetime:
        """Opening of a working day in UTC."""
        return self.working_day(day).opens_at

    def closes_at(self, day: date) -> datetime:
        """Close of office hours of a working day in UTC."""
        return self.working_day(day).closes_at

    def working_day(self, day: date) -> WorkingDay:
        """Raises CalendarHorizon outside the covered days, ValueError on a day off."""
        self._require(day)
        place = bisect_left(self._dates, day)
        if place == len(self._dates) or self._dates[place] != day:
            raise ValueError(f"{day} is no working day")
        return self.working_days[place]

    # Counting

    def index_after(self, day: date) -> int:
        """Place in `working_days` of the first working day after a date.

        Raises CalendarHorizon when the days from the date on are not covered.
        """
        if not self.covered_from - timedelta(days=1) <= day <= self.covered_to:
            raise CalendarHorizon(day)
        return bisect_right(self._dates, day)

    def index_closing_at(self, at: datetime) -> int:
        """Place of the first working day whose close is not before a moment."""
        return bisect_left(self._closes, at)

    def index_closing_after(self, at: datetime) -> int:
        """Place of the first working day whose close is strictly after a moment."""
        return bisect_right(self._closes, at)

    def at_index(self, index: int) -> WorkingDay:
        """The working day at a place. Raises CalendarHorizon past the last covered one."""
        if not 0 <= index < len(self.working_days):
            raise CalendarHorizon(index)
        return self.working_days[index]

    def add_working_days(self, day: date, count: int) -> date:
        """The count-th working day after a date (count >= 1). Raises CalendarHorizon."""
        if count < 1:
            raise ValueError("count at least one working day")
        return self.at_index(self.index_after(day) + count - 1).on

    def working_days_between(self, after: date, until: date) -> int:
        """Working days after one date up to and including another; negative when they are swapped."""
        if until < after:
            return -self.working_days_between(until, after)
        self._require(until)
        return bisect_right(self._dates, until) - self.index_after(after)

    def working_time_between(self, start: datetime, end: datetime) -> timedelta:
        """Office time between two moments; negative when `end` is before `start`.

        Raises CalendarHorizon when either end is not covered.
        """
        self._require(self.local_date(start))
        self._require(self.local_date(end))
        return self._elapsed(end) - self._elapsed(start)

    def add_working_time(self, start: datetime, duration: timedelta) -> datetime:
        """The moment at which so much office time has passed. Raises CalendarHorizon."""
        self._require(self.local_date(start))
        goal = self._elapsed(start) + duration
        place = bisect_left(self._totals, goal)
        day = self.at_index(place)
        return day.closes_at - (self._totals[place] - goal)

    # Precomputed, because a due time is asked for thousands of times a second

    @cached_property
    def working_days(self) -> tuple[WorkingDay, ...]:
        """Every covered working day in order."""
        return tuple(self._counted())

    @cached_property
    def _facts(self) -> dict[date, DayFacts]:
        return {}

    @cached_property
    def _dates(self) -> list[date]:
        return [day.on for day in self.working_days]

    @cached_property
    def _closes(self) -> list[datetime]:
        return [day.closes_at for day in self.working_days]

    @cached_property
    def _totals(self) -> list[timedelta]:
        """Office time from the first covered day to the close of each working day."""
        return list(accumulate(day.closes_at - day.opens_at for day in self.working_days))

    def _elapsed(self, at: datetime) -> timedelta:
        """Office time from the first covered day to a moment."""
        place = bisect_left(self._closes, at)
        before = self._totals[place - 1] if place else timedelta()
        if place == len(self.working_days):
            return before
        return before + max(at - self.working_days[place].opens_at, timedelta())

    def _counted(self) -> Iterator[WorkingDay]:
        day = self.covered_from
        while day <= self.covered_to:
            hours = self.hours_on(day)
            if hours is not None and day not in self.holidays:
                yield self._working_day(day, hours)
            day += timedelta(days=1)

    def _working_day(self, day: date, hours: Hours) -> WorkingDay:
        opens_at = datetime.combine(day, hours.opens, self.zone).astimezone(UTC)
        closes_at = datetime.combine(day, hours.closes, self.zone).astimezone(UTC)
        return WorkingDay(day, opens_at, closes_at, int((closes_at - opens_at) // MINUTE))

    def _week_on(self, day: date) -> dict[int, Hours]:
        regime = self.regime_on(day)
        return self.week if regime is None else regime.week

    def _require(self, day: date) -> None:
        if not self.covers(day):
            raise CalendarHorizon(day)


def _week(row: dict[str, list[str]]) -> dict[int, Hours]:
    week = {}
    for name, (opens, closes) in row.items():
        hours = Hours(time.fromisoformat(opens), time.fromisoformat(closes))
        if hours.opens >= hours.closes:
            raise CalendarError(f"on {name} the office closes before it opens")
        week[WEEKDAYS.index(name)] = hours
    return week


def _regime(row: dict[str, Any]) -> Regime:
    from_on, to_on = date.fromisoformat(row["from"]), date.fromisoformat(row["to"])
    if from_on > to_on:
        raise CalendarError(f"{row['name']} ends before it begins")
    return Regime(row["name"], from_on, to_on, _week(row["week"]))


def _holiday(row: dict[str, str]) -> Holiday:
    kind = OffKind(row["kind"])
    if kind is OffKind.WEEKEND:
        raise CalendarError("a holiday is national, joint_leave or closure")
    return Holiday(date.fromisoformat(row["on"]), kind, row["name"])
