"""When a job is tried again, and where a period begins."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.jobs import rules

pytestmark = pytest.mark.engine_free


@pytest.mark.parametrize(("try_count", "seconds"), [(1, 10), (2, 20), (3, 40), (7, 640), (20, 3600)])
def test_each_try_waits_twice_as_long_but_at_most_an_hour(try_count: int, seconds: int) -> None:
    assert rules.backoff(try_count) == timedelta(seconds=seconds)


def test_a_period_begins_at_the_same_moment_for_everybody() -> None:
    at = datetime(2026, 11, 16, 2, 7, 31, 5, tzinfo=UTC)

    assert rules.slot(at, timedelta(minutes=5)) == datetime(2026, 11, 16, 2, 5, tzinfo=UTC)
