"""A cohort as it stood at the cut-off."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.statistics.rules.observation import Course, observe

pytestmark = pytest.mark.engine_free

RECEIVED = datetime(2026, 11, 2, 8, tzinfo=UTC)


def days(n: float) -> datetime:
    return RECEIVED + timedelta(days=n)


def test_unanswered_matter_is_observed_until_the_cutoff():
    observed = observe([Course(RECEIVED, None, None)], days(10))

    assert observed.censored == [10 * 86_400]


def test_answer_after_the_cutoff_is_not_known_yet():
    observed = observe([Course(RECEIVED, days(12), None)], days(10))

    assert (observed.events, observed.censored) == ([], [10 * 86_400])


def test_matter_received_after_the_cutoff_is_no_part_of_the_cohort():
    assert observe([Course(days(11), days(12), None)], days(10)).size == 0


def test_withdrawal_before_an_answer_is_a_competing_ending():
    observed = observe([Course(RECEIVED, None, days(2))], days(10))

    assert observed.competing == [2 * 86_400]


def test_withdrawal_after_an_answer_changes_nothing():
    observed = observe([Course(RECEIVED, days(1), days(2))], days(10))

    assert (observed.events, observed.competing) == ([86_400], [])


def test_answer_and_withdrawal_at_one_instant_count_as_answered():
    assert observe([Course(RECEIVED, days(1), days(1))], days(10)).events == [86_400]


def test_source_that_closes_before_it_opens_waits_no_time():
    assert observe([Course(RECEIVED, days(-1), None)], days(10)).events == [0.0]
