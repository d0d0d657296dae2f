"""Which matters a figure is about: received in a period, observed to a cut-off."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

USUAL_DAYS = 90  # long enough for 60 days of observation to be seen, short enough to be of today


@dataclass(frozen=True)
class Scope:
    """Local days `first_on` to `last_on`, both included; nothing after `cutoff` is known."""

    first_on: date
    last_on: date
    cutoff: datetime
    zone: ZoneInfo

    # Kept, and in UTC like what is compared to them: each is asked for a hundred thousand times.

    @cached_property
    def start(self) -> datetime:
        """Beginning of the first day."""
        return datetime.combine(self.first_on, time(), self.zone).astimezone(UTC)

    @cached_property
    def end(self) -> datetime:
        """Beginning of the day after the last."""
        return datetime.combine(self.last_on + timedelta(days=1), time(), self.zone).astimezone(UTC)

    @cached_property
    def until(self) -> datetime:
        """The end, or the cut-off where that comes first: when the stock is counted."""
        return min(self.end, self.cutoff)

    def holds(self, at: datetime | None) -> bool:
        """Whether something happened in the period, as far as the cut-off knows."""
        return at is not None and self.start <= at < self.end and at <= self.cutoff

    @classmethod
    def usual(cls, at: datetime, zone: ZoneInfo) -> "Scope":
        """The last ninety days with today, observed until now."""
        today = at.astimezone(zone).date()
        return cls(today - timedelta(days=USUAL_DAYS - 1), today, at, zone)
