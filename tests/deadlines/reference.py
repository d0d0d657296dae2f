"""The rules again, as slowly and plainly as they can be written: one day after the other, no cleverness.

It reads calendar documents and ledger lines directly and shares no arithmetic with the engine.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from portal.deadlines.rules.ledger import Entry, EntryKind
from portal.deadlines.rules.stages import Stage

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
FOREVER = datetime.max.replace(tzinfo=UTC)
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Unknown(Exception):
    """The calendar does not reach that far."""


def local_date(document: dict[str, Any], at: datetime) -> date:
    return at.astimezone(ZoneInfo(document["zone"])).date()


def office_hours(document: dict[str, Any], day: date) -> tuple[datetime, datetime] | None:
    """Opening and close of a day, None when the office is shut all day. Remembered: it is asked often."""
    key = id(document), day  # test documents live as long as the tests
    if key not in _known_hours:
        _known_hours[key] = _office_hours(document, day)
    return _known_hours[key]


_known_hours: dict[tuple[int, date], tuple[datetime, datetime] | None] = {}


def _office_hours(document: dict[str, Any], day: date) -> tuple[datetime, datetime] | None:
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


def nth_close(document: dict[str, Any], zero_on: date, count: int) -> datetime:
    """Close of the count-th working day after a date."""
    day = zero_on
    while True:
        day += DAY
        hours = office_hours(document, day)
        if hours:
            count -= 1
            if count == 0:
                return hours[1]


@dataclass
class Slow:
    """A ledger without recalculations, for matters with the stages respond and resolve."""

    documents: dict[int, dict[str, Any]]
    entries: list[Entry]
    limits: dict[Stage, int]
    cap_days: int

    def due(self, stage: Stage, now: datetime) -> datetime | None:
        """The due time as of `now`; None while paused or when it is not known."""
        origin = self.entries[0]
        for entry in self.entries:
            if entry.kind is EntryKind.TRANSFER and stage is Stage.RESPOND and self.is_open(stage, entry.at):
                origin = entry
        key = "agency_calendar" if stage is Stage.RESPOND else "city_calendar"
        try:
            return self._count(stage, self.documents[origin.data[key]], origin.at, now)
        except Unknown:
            return None

    def _count(
        self, stage: Stage, document: dict[str, Any], origin_at: datetime, now: datetime
    ) -> datetime | None:
        breaks = self.breaks(stage, origin_at)
        ended_at = self.stopped_at(stage, breaks[-1][1] if breaks else origin_at)
        needed = self.limits[stage] + self.extended(stage, origin_at, breaks[0][1] if breaks else FOREVER)
        day, count = local_date(document, origin_at), 0
        while True:
            day += DAY
            while breaks and day > local_date(document, breaks[0][1]):
                _, reopened_at = breaks.pop(0)
                until = breaks[0][1] if breaks else FOREVER
                needed = max(needed, count + 1) + self.extended(stage, reopened_at, until)
            hours = office_hours(document, day)
            if hours is None:
                continue
            close = hours[1]
            if breaks and close >= breaks[0][0]:
                continue  # stopped before the day ended, or waiting to be reopened
            if ended_at is None and self.is_waiting(close, now):
                return None
            if self.is_paused(close, ended_at):
                continue
            count += 1
            if count == needed and not breaks:
                return close

    # What the ledger says

    def is_open(self, stage: Stage, at: datetime) -> bool:
        """Is the stage open just before a moment?"""
        is_open, is_met = True, False
        for entry in self.entries:
            if entry.at >= at:
                break
            if entry.kind is EntryKind.MEET and entry.stage is stage:
                is_open, is_met = False, True
            elif entry.kind is EntryKind.CLOSE:
                is_open = False
            elif entry.kind is EntryKind.REOPEN and (stage is Stage.RESOLVE or not is_met):
                is_open, is_met = True, False
        return is_open

    def stopped_at(self, stage: Stage, after: datetime) -> datetime | None:
        """When the stage was met or the matter closed, whichever came first after a moment."""
        for entry in self.entries:
            is_meeting = entry.kind is EntryKind.MEET and entry.stage is stage
            if entry.at > after and (is_meeting or entry.kind is EntryKind.CLOSE):
                return entry.at
        return None

    def breaks(self, stage: Stage, after: datetime) -> list[tuple[datetime, datetime]]:
        """Each time the stage stopped and went on after reopening: when it stopped, when it went on."""
        found: list[tuple[datetime, datetime]] = []
        for entry in self.entries:
            stopped_at = self.stopped_at(stage, found[-1][1] if found else after)
            is_reopening = entry.kind is EntryKind.REOPEN and stopped_at and entry.at > stopped_at
            if stopped_at and is_reopening and self.is_open(stage, entry.at + MINUTE):
                found.append((stopped_at, entry.at))
        return found

    def extended(self, stage: Stage, after: datetime, before: datetime) -> int:
        return sum(
            entry.data["days"]
            for entry in self.entries
            if entry.kind is EntryKind.EXTEND and entry.stage is stage and after <= entry.at < before
        )

    # Pauses

    def pauses(self) -> list[tuple[datetime, datetime | None, datetime | None]]:
        """When each question was asked, when something ended the waiting, and when the cap would."""
        found = []
        for place, entry in enumerate(self.entries):
            if entry.kind is EntryKind.PAUSE:
                ends = [later.at for later in self.entries[place:] if self._ends_pause(later)]
                found.append((entry.at, min(ends, default=None), self.cap_of(entry.at)))
        return found

    @staticmethod
    def _ends_pause(entry: Entry) -> bool:
        is_final = entry.kind is EntryKind.MEET and entry.stage is Stage.RESOLVE
        return is_final or entry.kind in (EntryKind.RESUME, EntryKind.CLOSE)

    def cap_of(self, asked_at: datetime) -> datetime | None:
        city = self.documents[self.entries[0].data["city_calendar"]]
        try:
            return nth_close(city, local_date(city, asked_at), self.cap_days)
        except Unknown:
            return None

    def is_paused(self, at: datetime, ended_at: datetime | None = None) -> bool:
        """Does the clock stand still at a moment? A stage that ended has no pause past its end."""
        for asked_at, replied_at, cap_at in self.pauses():
            end = min((one for one in (replied_at, ended_at) if one), default=None)
            is_capped = cap_at is not None and (end is None or end >= cap_at)
            if asked_at <= at and ((is_capped and at <= cap_at) or (not is_capped and (not end or at < end))):
                return True
        return False

    def is_waiting(self, close: datetime, now: datetime) -> bool:
        """Does this close lie in the pause that is still going on now?"""
        pauses = self.pauses()
        return bool(pauses) and pauses[-1][1] is None and self.is_paused(now) and close >= pauses[-1][0]
