"""Which day a report may be said to have come in, and which moment stands for that day."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONGEST_AGO = timedelta(days=30)  # older letters go to a moderator, who can say why they lay there
NOON = time(12)  # a letter has no hour; day zero of its clock is the day in any case


def earliest(today: date) -> date:
    """The first day that may be named."""
    return today - LONGEST_AGO


def is_allowed(day: date, today: date) -> bool:
    """Not in the future, and at most thirty days back."""
    return earliest(today) <= day <= today


def moment(day: date, now: datetime, zone: ZoneInfo) -> datetime:
    """When it counts as received: now for today, noon of an earlier day. Never later than now."""
    if day >= now.astimezone(zone).date():
        return now
    return datetime.combine(day, NOON, tzinfo=zone)
