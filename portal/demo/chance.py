"""When things happen in the demo city: arrivals and waiting times after real shares and percentiles."""

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from portal.deadlines.rules.calendar import Calendar
from portal.demo import texts

PERIOD = timedelta(days=548)  # eighteen months
WEEKEND_SHARE = 0.7  # of a working day: a fifth of all reports arrive at weekends
GROWTH = 0.5  # the last day brings half as many again as the first
QUIET = (22, 6)  # hours in which officials answer nothing
RESTS = 0.2  # of the answers that would fall on a day off wait for the next working day
SLOWEST_H = 500.0  # the hundredth percentile, where the tables end at the 95th
FASTEST_H = 0.15

# Months in which a category is reported more often: rain from September on, admission in June.
SEASONS = {
    "drainase_banjir": ({9, 10, 11, 12}, 2.2),
    "pohon": ({9, 10, 11, 12}, 1.5),
    "bencana": ({10, 11, 12}, 4.0),
    "fogging_dbd": ({10, 11, 12, 1}, 2.0),
    "ppdb_spmb": ({5, 6, 7}, 6.0),
    "pajak_pbb": ({3, 4, 8}, 2.0),
    "pasar": ({2, 3}, 2.0),
}


class Percentiles(NamedTuple):
    """Waiting times in hours with the share of matters that waited no longer."""

    shares: Sequence[float]
    hours: Sequence[float]

    def draw(self, chance: Random) -> timedelta:
        """A waiting time: between two percentiles its logarithm grows evenly."""
        share = chance.random()
        place = min(bisect_right(self.shares, share), len(self.shares) - 1)
        low, high = self.shares[place - 1], self.shares[place]
        part = (share - low) / (high - low)
        slow, fast = math.log(self.hours[place]), math.log(self.hours[place - 1])
        return timedelta(hours=math.exp(fast + part * (slow - fast)))


def response_times() -> dict[str, Percentiles]:
    """First response times by agency code; `*` for all the others."""
    return {
        row["agency_code"]: Percentiles(
            (0.0, 0.5, 0.75, 0.9, 0.95, 1.0),
            (
                FASTEST_H,
                *(float(row[name]) for name in ("median_h", "p75_h", "p90_h", "p95_h")),
                SLOWEST_H,
            ),
        )
        for row in texts.table("response_times.csv")
    }


def arrivals(chance: Random, count: int, *, until: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Moments of receipt over the months before `until`, in their order."""
    last_on = until.astimezone(zone).date()
    days = [last_on - timedelta(days=back) for back in range(PERIOD.days - 1, -1, -1)]
    weights = [
        (WEEKEND_SHARE if day.weekday() > 4 else 1.0) * (1 + GROWTH * place / len(days))
        for place, day in enumerate(days)
    ]
    hours = texts.table("arrivals_by_hour.csv")
    by_hour = [int(row["count"]) for row in hours]
    drawn = (
        _moment(chance, day, chance.choices(range(24), by_hour)[0], zone)
        for day in chance.choices(days, weights, k=count)
    )
    return iter(sorted(moment if moment < until else until - (moment - until) for moment in drawn))


def categories(chance: Random, month: int, known: Sequence[str]) -> str:
    """A category by its share in that month."""
    rows = [row for row in texts.table("category_shares.csv") if row["category_code"] in known]
    weights = [float(row["weight"]) * _season(row["category_code"], month) for row in rows]
    place = bisect_right(list(accumulate(weights)), chance.random() * sum(weights))
    return rows[min(place, len(rows) - 1)]["category_code"]


def hours(chance: Random, median: float, spread: float) -> timedelta:
    """A waiting time with this median; a spread of 1 puts the 95th percentile at five times as much."""
    return timedelta(hours=chance.lognormvariate(math.log(median), spread))


def at_work(chance: Random, at: datetime, calendar: Calendar) -> datetime:
    """The moment itself where officials are up and about, else the next morning that finds them so."""
    local = at.astimezone(calendar.zone)
    day = local.date()
    is_awake = QUIET[1] <= local.hour < QUIET[0]
    if is_awake and (chance.random() >= RESTS or _works(calendar, day)):
        return at
    if local.hour >= QUIET[1]:
        day += timedelta(days=1)
    while not _works(calendar, day):
        day += timedelta(days=1)
    return _moment(chance, day, chance.choice((7, 8, 8, 9)), calendar.zone)


def _works(calendar: Calendar, day: date) -> bool:
    """Beyond the calendar every day is taken for a working day."""
    return not calendar.covers(day) or calendar.is_working_day(day)


def _season(code: str, month: int) -> float:
    months, factor = SEASONS.get(code, (set(), 1.0))
    return factor if month in months else 1.0


def _moment(chance: Random, day: date, hour: int, zone: ZoneInfo) -> datetime:
    wall = time(hour, chance.randrange(60), chance.randrange(60))
    return datetime.combine(day, wall, zone).astimezone(UTC)
