"""Working time: office hours from disposition, net of pauses."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.statistics.rules.working_time import working_seconds

pytestmark = pytest.mark.engine_free

MONDAY = datetime(2026, 11, 16, tzinfo=UTC)


class EightHours:
    """Every day from 8 to 16."""

    def working_time_between(self, start: datetime, end: datetime) -> timedelta:
        total, day = timedelta(), start.replace(hour=0)
        while day < end:
            opens, closes = day + timedelta(hours=8), day + timedelta(hours=16)
            total += max(min(end, closes) - max(start, opens), timedelta())
            day += timedelta(days=1)
        return total


def at(day: int, hour: int) -> datetime:
    return MONDAY + timedelta(days=day, hours=hour)


@pytest.mark.parametrize(
    ("start", "end", "pauses", "hours"),
    [
        (at(0, 8), at(0, 16), [], 8),
        (at(0, 15), at(1, 9), [], 2),
        (at(0, 8), at(2, 16), [(at(1, 8), at(2, 8))], 16),
        (at(0, 8), at(2, 16), [(at(1, 8), None)], 8),
        (at(0, 8), at(0, 16), [(at(1, 8), at(2, 8))], 8),
        (at(1, 8), at(1, 16), [(at(0, 8), at(1, 10))], 6),
        (at(1, 8), at(0, 8), [], 0),
    ],
)
def test_only_office_hours_without_pauses_count(start, end, pauses, hours):
    assert working_seconds(EightHours(), start, end, pauses) == hours * 3600
