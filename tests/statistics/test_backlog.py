"""The stock of open matters at an instant."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.statistics.rules.backlog import Standing, backlog
from portal.statistics.rules.closures import Closure

pytestmark = pytest.mark.engine_free

RECEIVED = datetime(2026, 10, 1, 9, tzinfo=UTC)


def day(n: float) -> datetime:
    return RECEIVED + timedelta(days=n)


@pytest.mark.parametrize(
    ("closures", "ended_at", "at", "is_open"),
    [
        ([], None, day(5), True),
        ([], None, day(-1), False),
        ([Closure(day(3))], None, day(2), True),
        ([Closure(day(3))], None, day(3), False),
        ([Closure(day(3), day(6))], None, day(5), False),
        ([Closure(day(3), day(6))], None, day(6), True),
        ([Closure(day(3), day(6)), Closure(day(8))], None, day(9), False),
        ([], day(4), day(5), False),
        ([], day(4), day(3), True),
    ],
)
def test_matter_is_open_until_closed_or_ended(closures, ended_at, at, is_open):
    assert Standing(RECEIVED, closures, ended_at).is_open(at) is is_open


def test_backlog_knows_its_age_and_what_is_overdue():
    standings = [Standing(day(n), [], None, due_at=day(6)) for n in range(4)]
    standings.append(Standing(day(4), [], None, due_at=day(11)))

    stock = backlog(standings, at=day(10))

    assert stock.size == 5
    assert stock.overdue == 4
    assert stock.age(0.5) == timedelta(days=8).total_seconds()
    assert stock.age(1.0) == timedelta(days=10).total_seconds()


def test_empty_backlog_has_no_age():
    assert backlog([], at=day(1)).age(0.5) is None
