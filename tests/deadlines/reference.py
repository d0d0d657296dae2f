"""The rules again, as slowly and plainly as they can be written: one day after the other, no cleverness.

It reads calendar and policy documents and ledger lines directly and shares no arithmetic with the engine.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from portal.deadlines.rules.ledger import Entry
from portal.deadlines.rules.stages import Stage

DAY, MINUTE, NOTHING = timedelta(days=1), timedelta(minutes=1), timedelta()
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Document = dict[str, Any]


class Unknown(Exception):
    """The calendar does not reach that far."""


def local_date(document: Document, at: datetime) -> date:
    return at.astimezone(ZoneInfo(document["zone"])).date()


def office_hours(document: Document, day: date) -> tuple[datetime, datetime] | None:
    """Opening and close of a day, None when the office is shut all day. Remembered: it is asked often."""
    key = id(document), day  # test documents live as long as the tests
    if key not in _known_hours:
        _known_hours[key] = _office_hours(document, day)
    return _known_hours[key]


_known_hours: dict[tuple[int, date], tuple[datetime, datetime] | None] = {}


def _office_hours(document: Document, day: date) -> tuple[datetime, datetime] | None:
    text = day.isoformat()
    if not document["covered_from"] <= text <= document["covered_to"]:
        raise Unknown
    if any(row["on"] == text for row in document["holidays"]):
        return None
    week = document["week"]
    for regime in document["regimes"]:
        if regime["from"] <= text <= regime["to"]:
            week = regime["week"]
    hours = week.get(NAMES[day.weekday()])
    if hours is None:
        return None
    zone = ZoneInfo(document["zone"])
    opens, closes = (datetime.combine(day, time.fromisoformat(hour), zone) for hour in hours)
    return opens.astimezone(UTC), closes.astimezone(UTC)


def nth_close(document: Document, zero_on: date, count: int) -> datetime | None:
    """Close of the count-th working day after a date; None when the calendar does not reach that far."""
    day = zero_on
    try:
        while count:
            day += DAY
            hours = office_hours(document, day)
            count -= hours is not None
    except Unknown:
        return None
    return hours[1] if hours else None


@dataclass(frozen=True)
class Wait:
    """The clock stands still: until `end`, or for as long as nobody replies."""

    start: datetime
    end: datetime | None
    is_capped: bool = False

    def holds(self, at: datetime) -> bool:
        is_before_end = self.end is None or at < self.end or (self.is_capped and at == self.end)
        return self.start <= at and is_before_end


@dataclass
class Part:
    """A stretch of a stage, until it was stopped; the last one is counted as if it never was."""

    document: Document
    from_at: datetime
    stopped_at: datetime | None = None


@dataclass
class Life:
    """A stage: what it needs in days or minutes, the stretches in which it ran, and how it stands."""

    needed: int
    limit: int
    parts: list[Part] = field(default_factory=list)
    is_open: bool = True
    is_met: bool = False
    due_at: datetime | None = None  # as it was when the stage stopped

    @property
    def settled_at(self) -> datetime | None:
        return None if self.is_open else self.parts[-1].stopped_at


class Slow:
    """A ledger of a matter with the stages respond and resolve, read line by line."""

    def __init__(self, calendars: dict[int, Document], policies: dict[int, Document], entries: list[Entry]):
        self.calendars, self.policies = calendars, policies
        self.matter = entries[0].data["matter"]
        self.facts: dict[str, int] = {}
        self.waits: list[Wait] = []
        self.cap_at: datetime | None = None
        self.lives: dict[Stage, Life] = {}
        for entry in entries:
            if self.cap_at and entry.at >= self.cap_at:
                self._end_wait(self.cap_at, is_capped=True)
            self.matter = entry.data.get("matter", self.matter)
            self.facts |= {key: value for key, value in entry.data.items() if key in KEYS}
            getattr(self, f"_{entry.kind.value}")(entry)

    def due(self, stage: Stage, now: datetime) -> datetime | None:
        """The due time as of `now`; None while waiting or when it is not known."""
        life = self.lives[stage]
        if not life.is_open:
            return life.due_at
        if self.cap_at and now > self.cap_at:
            self._end_wait(self.cap_at, is_capped=True)
        return self._reached(life, life.needed, self.waits)

    # The lines of a ledger

    def _start(self, entry: Entry) -> None:
        self.lives = {stage: self._begin(stage, entry.at) for stage in (Stage.RESPOND, Stage.RESOLVE)}

    def _meet(self, entry: Entry) -> None:
        for stage, life in self.lives.items():
            if life.is_open and (stage is entry.stage or entry.stage is Stage.RESOLVE):
                self._stop(life, entry.at)
                life.is_met = True
        self._nothing_waits(entry.at)

    def _close(self, entry: Entry) -> None:
        for life in self.lives.values():
            if life.is_open:
                self._stop(life, entry.at)
        self._nothing_waits(entry.at)

    def _pause(self, entry: Entry) -> None:
        self.waits.append(Wait(entry.at, None))
        self.cap_at = self._cap_of(entry.at)

    def _resume(self, entry: Entry) -> None:
        if self.waits and self.waits[-1].end is None:
            self._end_wait(entry.at)

    def _extend(self, entry: Entry) -> None:
        if entry.stage:
            self.lives[entry.stage].needed += entry.data["days"]

    def _transfer(self, entry: Entry) -> None:
        if self.lives[Stage.RESPOND].is_open:
            self.lives[Stage.RESPOND] = self._begin(Stage.RESPOND, entry.at)

    def _reopen(self, entry: Entry) -> None:
        """What ended unmet goes on, and resolving in any case; at least one day or minute is left."""
        for stage, life in self.lives.items():
            if stage is Stage.RESOLVE or not life.is_met:
                life.needed = max(life.needed, self._counted(life) + 1)
                life.parts.append(Part(self._calendar(stage), entry.at))
                life.is_open, life.is_met = True, False

    def _recalculate(self, entry: Entry) -> None:
        if "city_calendar" in entry.data and self.waits and self.waits[-1].end is None:
            self._move_cap(entry.at)
        for stage, life in self.lives.items():
            concerns = {"policy", "agency_calendar" if stage is Stage.RESPOND else "city_calendar"}
            if concerns & entry.data.keys() and (life.is_open or life.due_at is None):
                self._recount(stage, life, entry.at)

    def _recount(self, stage: Stage, life: Life, at: datetime) -> None:
        """Never to earlier than the close of the working day after: days are granted until it is not."""
        waits = self._waits_until(life.settled_at or at)
        said = self._reached(life, life.needed, waits)
        life.parts[-1] = replace(life.parts[-1], document=self._calendar(stage))
        limit = self._limit(stage)
        life.needed, life.limit = life.needed - life.limit + limit, limit
        found = self._reached(life, life.needed, waits)
        if found:
            document = self._calendar(stage)
            floors = [one for one in (said, nth_close(document, local_date(document, at), 1)) if one]
            while floors and found and found < min(floors):
                life.needed += 1
                found = self._reached(life, life.needed, waits)
        if not life.is_open:
            life.due_at = found

    # Parts of them

    def _begin(self, stage: Stage, at: datetime) -> Life:
        limit = self._limit(stage)
        return Life(limit, limit, [Part(self._calendar(stage), at)])

    def _stop(self, life: Life, at: datetime) -> None:
        life.due_at = self._reached(life, life.needed, self._waits_until(at))
        life.parts[-1].stopped_at = at
        life.is_open = False

    def _calendar(self, stage: Stage) -> Document:
        return self.calendars[self.facts["agency_calendar" if stage is Stage.RESPOND else "city_calendar"]]

    def _row(self, stage: Stage) -> dict[str, Any]:
        row: dict[str, Any] = self.policies[self.facts["policy"]]["matters"][self.matter][stage.value]
        return row

    def _limit(self, stage: Stage) -> int:
        return int(self._row(stage)["limit"])

    # Waiting

    def _cap_of(self, asked_at: datetime) -> datetime | None:
        city, days = self._calendar(Stage.RESOLVE), self.policies[self.facts["policy"]]["pause_cap_days"]
        return nth_close(city, local_date(city, asked_at), days)

    def _move_cap(self, at: datetime) -> None:
        city, said = self._calendar(Stage.RESOLVE), self.cap_at
        floors = [one for one in (said, nth_close(city, local_date(city, at), 1)) if one]
        fresh = self._cap_of(self.waits[-1].start)
        self.cap_at = max(fresh, min(floors)) if fresh and floors else fresh

    def _end_wait(self, at: datetime, *, is_capped: bool = False) -> None:
        self.waits[-1], self.cap_at = Wait(self.waits[-1].start, at, is_capped), None

    def _nothing_waits(self, at: datetime) -> None:
        is_waiting = bool(self.waits) and self.waits[-1].end is None
        if is_waiting and not any(life.is_open for life in self.lives.values()):
            self._end_wait(at)

    def _waits_until(self, at: datetime) -> list[Wait]:
        """What was waited for before a moment, as if somebody had replied then."""
        return [
            wait if wait.end and wait.end <= at else Wait(wait.start, at)
            for wait in self.waits
            if wait.start < at
        ]

    # Counting

    def _reached(self, life: Life, needed: int, waits: list[Wait]) -> datetime | None:
        parts = [*life.parts[:-1], replace(life.parts[-1], stopped_at=None)]
        try:
            return self._walked(parts, waits, needed)[0]
        except Unknown:
            return None

    def _counted(self, life: Life) -> int:
        try:
            return self._walked(life.parts, self.waits, 10**6)[1]
        except Unknown:
            return life.needed

    def _walked(self, parts: list[Part], waits: list[Wait], needed: int) -> tuple[datetime | None, int]:
        """When so much has counted, and how much had counted where the walk ended."""
        if self._row(Stage.RESOLVE).get("unit") == "minutes":
            return _walk_minutes(parts, waits, needed * MINUTE)
        return _walk_days(parts, waits, needed)


KEYS = ("policy", "city_calendar", "agency_calendar")


def _walk_days(parts: list[Part], waits: list[Wait], needed: int) -> tuple[datetime | None, int]:
    """A day counts when the clock runs at its close; day zero never does."""
    count = 0
    for part in parts:
        day = local_date(part.document, part.from_at)
        office_hours(part.document, day)  # day zero has to be known too
        while True:
            day += DAY
            try:
                hours = office_hours(part.document, day)
            except Unknown:
                if part.stopped_at:
                    break
                raise
            if hours is None:
                continue
            close = hours[1]
            if part.stopped_at and close >= part.stopped_at:
                break
            if any(wait.end is None and wait.holds(close) for wait in waits):
                return None, count
            if not any(wait.holds(close) for wait in waits):
                count += 1
                if count == needed:
                    return close, count
    return None, count


def _walk_minutes(parts: list[Part], waits: list[Wait], needed: timedelta) -> tuple[datetime | None, int]:
    """Each minute of office hours counts in which the clock runs."""
    total = NOTHING
    for part in parts:
        day = local_date(part.document, part.from_at)
        while part.stopped_at is None or day <= local_date(part.document, part.stopped_at):
            for start, end in _running(part, day, waits):
                if total + (end - start) >= needed:
                    return start + (needed - total), int(needed / MINUTE)
                total += end - start
            if any(wait.end is None and local_date(part.document, wait.start) <= day for wait in waits):
                return None, -(-total // MINUTE)
            day += DAY
    return None, -(-total // MINUTE)


def _running(part: Part, day: date, waits: list[Wait]) -> list[tuple[datetime, datetime]]:
    """The stretches of a day's office hours in which the clock runs, in order."""
    try:
        hours = office_hours(part.document, day)
    except Unknown:
        if _is_all_waiting(part, day, waits):
            return []
        raise
    if hours is None:
        return []
    cuts = [hours[0], hours[1], part.from_at, *(one for one in [part.stopped_at] if one)]
    cuts += [cut for wait in waits for cut in (wait.start, wait.end) if cut]
    inside = sorted({cut for cut in cuts if hours[0] <= cut <= hours[1]})
    return [
        (start, end)
        for start, end in pairwise(inside)
        if start >= part.from_at
        and (part.stopped_at is None or end <= part.stopped_at)
        and not any(wait.start <= start and (wait.end is None or end <= wait.end) for wait in waits)
    ]


def _is_all_waiting(part: Part, day: date, waits: list[Wait]) -> bool:
    """Does the clock stand still from the beginning of this day until the part was stopped?"""
    midnight = datetime.combine(day, time(), ZoneInfo(part.document["zone"]))
    return part.stopped_at is not None and any(
        wait.start <= midnight and (wait.end is None or wait.end >= part.stopped_at) for wait in waits
    )
