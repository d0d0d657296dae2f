"""Wilson's interval is scipy's; the log-log interval has no value at the ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from portal.statistics.rules.intervals import log_log, wilson

pytestmark = pytest.mark.engine_free


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_is_scipys(counts):
    successes, n = counts
    expected = binomtest(successes, n).proportion_ci(method="wilson")

    assert wilson(successes, n) == pytest.approx((expected.low, expected.high), abs=1e-9)


def test_wilson_of_nothing_does_not_exist():
    assert wilson(0, 0) is None


@pytest.mark.parametrize("incidence", [0.0, 1.0])
def test_log_log_has_no_value_at_the_ends(incidence):
    assert log_log(incidence, 0.01) is None
