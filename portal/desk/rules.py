"""How the desk is ordered: by what is due first, in a few groups that a person can plan by."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

PAGE_SIZE = 50


class Group(StrEnum):
    """When something is due, from the most to the least pressing."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"  # and what the calendar does not reach yet
    WAITING = "waiting"  # the clock stands until the resident replies


@dataclass(frozen=True, slots=True)
class Horizon:
    """The moments between the groups, as the city's wall clock has them."""

    now: datetime
    day_end: datetime
    week_end: datetime
    tomorrow: datetime | None = None  # close of the next working day; None past the end of the calendar
    soon: datetime | None = None  # close of the one after

    @classmethod
    def at(cls, now: datetime, zone: ZoneInfo) -> "Horizon":
        """A week ends on Sunday night."""
        today = now.astimezone(zone).date()
        tomorrow = today + timedelta(days=1)
        monday = today + timedelta(days=7 - today.weekday())
        return cls(now, *(datetime.combine(day, time(), zone) for day in (tomorrow, monday)))

    def group(self, due_at: datetime | None, *, is_paused: bool) -> Group:
        if is_paused:
            return Group.WAITING
        if due_at is None or due_at >= self.week_end:
            return Group.LATER
        if due_at < self.now:
            return Group.OVERDUE
        return Group.TODAY if due_at < self.day_end else Group.WEEK


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row of a page; the next page begins after it. Rows without a due time come last."""

    due_at: datetime | None
    id: int

    def __str__(self) -> str:
        return f"{self.due_at.isoformat() if self.due_at else ''}~{self.id}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """What `str` wrote; None for anything else, so that a broken address shows the first page."""
        due, _, number = text.partition("~")
        if not number.isdecimal() or len(number) > 18:
            return None
        try:
            due_at = datetime.fromisoformat(due) if due else None
        except ValueError:
            return None
        if due_at is not None and due_at.tzinfo is None:
            return None
        return cls(due_at, int(number))
