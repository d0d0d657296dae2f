"""A closure lasts when nobody opened the matter again within 30 days."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.statistics.rules.closures import (
    Closure,
    failures,
    lasting_closure,
    lasting_cutoff,
)

pytestmark = pytest.mark.engine_free

CLOSED = datetime(2026, 10, 1, 9, tzinfo=UTC)


def after(days: float) -> datetime:
    return CLOSED + timedelta(days=days)


def test_undisputed_closure_lasts():
    assert lasting_closure([Closure(CLOSED)]) == CLOSED


def test_reopened_matter_lasts_from_its_second_closure():
    assert lasting_closure([Closure(CLOSED, after(5)), Closure(after(9))]) == after(9)


def test_reopening_after_thirty_days_does_not_undo_a_closure():
    assert lasting_closure([Closure(CLOSED, after(31))]) == CLOSED


def test_matter_opened_again_has_no_lasting_closure():
    assert lasting_closure([Closure(CLOSED, after(30))]) is None


def test_lasting_closure_is_known_thirty_days_before_the_cutoff():
    assert lasting_cutoff(after(30)) == CLOSED


def test_failures_count_the_closures_of_the_period():
    closures = [
        Closure(CLOSED),
        Closure(CLOSED, after(5)),
        Closure(after(-1), after(5)),
    ]

    result = failures(closures, start=CLOSED, end=after(1), cutoff=after(20))

    assert (result.closures, result.failed, result.share) == (2, 1, 0.5)
    assert result.interval is not None


def test_reopening_after_the_cutoff_is_not_known_yet():
    result = failures([Closure(CLOSED, after(5))], start=CLOSED, end=after(1), cutoff=after(4))

    assert (result.closures, result.failed) == (1, 0)


def test_no_share_without_closures():
    assert failures([], start=CLOSED, end=after(1), cutoff=after(4)).share is None
