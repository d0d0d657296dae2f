"""What waits on a desk in the morning, in piles."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

LISTED = 5  # duties named in each pile; the desk has them all


class Pile(StrEnum):
    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    WAITING = "waiting"  # the clock stands until the resident replies


class Duty(Protocol):
    """An open stage of a duty, as it is read from the database."""

    number: str
    title: str
    is_confidential: bool
    due_at: datetime | None
    is_paused: bool
    origin_at: datetime


@dataclass
class Heap:
    """How many there are, and the first of them as (number, title, due time); no title of sealed ones."""

    count: int = 0
    first: list[tuple[str, str, datetime | None]] = field(default_factory=list)

    @property
    def rest(self) -> int:
        """How many are not named."""
        return self.count - len(self.first)

    def add(self, duty: Duty) -> None:
        self.count += 1
        if len(self.first) < LISTED:
            title = "" if duty.is_confidential else duty.title
            self.first.append((duty.number, title, duty.due_at))


@dataclass
class Desk:
    """The piles of one person. `new_count`: given since the last summary."""

    piles: dict[Pile, Heap] = field(default_factory=lambda: {pile: Heap() for pile in Pile})
    new_count: int = 0


def sort(duties: Iterable[Duty], *, now: datetime, since: datetime, zone: ZoneInfo) -> Desk:
    """Each duty once, at its stage that is due first; `duties` come with the first due on top."""
    desk, seen = Desk(), set[str]()
    tomorrow = datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(), zone)
    next_week = tomorrow + timedelta(days=6 - now.astimezone(zone).weekday())
    for duty in duties:
        if duty.number in seen:
            continue
        seen.add(duty.number)
        desk.new_count += duty.origin_at > since
        pile = _pile(duty, now, tomorrow, next_week)
        if pile is not None:
            desk.piles[pile].add(duty)
    return desk


def _pile(duty: Duty, now: datetime, tomorrow: datetime, next_week: datetime) -> Pile | None:
    """None for what is due later, or not known yet."""
    if duty.is_paused:
        return Pile.WAITING
    if duty.due_at is None or duty.due_at >= next_week:
        return None
    if duty.due_at < now:
        return Pile.OVERDUE
    return Pile.TODAY if duty.due_at < tomorrow else Pile.WEEK
