"""What is read off a curve: quantiles, shares by a day, and where it must stay silent."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.utils import median_survival_times, qth_survival_times

from portal.statistics.rules.curves import Answer, curve_of
from portal.statistics.rules.observation import Observed

pytestmark = pytest.mark.engine_free


def repeated(times: list[float], copies: int = 10) -> list[float]:
    """The same durations, often enough for ten to stay at risk."""
    return sorted(times * copies)


def test_median_of_one_two_three_four_is_two():
    quantile = curve_of(Observed(events=repeated([1, 2, 3, 4]))).quantile(0.5)

    assert (quantile.answer, quantile.time) == (Answer.ESTIMATED, 2)


@pytest.mark.parametrize("n", range(10, 200))
def test_median_never_depends_on_rounding(n):
    curve = curve_of(Observed(events=[float(k) for k in range(1, n + 1)]))

    assert curve.quantile(0.5).time == -(-n // 2)


def test_median_is_not_reached_when_fewer_than_half_were_answered():
    curve = curve_of(Observed(events=[1.0] * 40, censored=[9.0] * 60))

    assert curve.quantile(0.5).answer is Answer.NOT_REACHED


def test_unanswered_matters_move_the_median():
    observed = Observed(events=repeated([1, 2, 3]), censored=[9.0] * 20)

    honest, misleading = curve_of(observed), curve_of(observed.answered_only())

    assert honest.quantile(0.5).time == 3
    assert misleading.quantile(0.5).time == 2


def test_quantile_is_silent_where_fewer_than_ten_are_at_risk():
    observed = Observed(events=[5.0] * 9, censored=[1.0] * 20)

    assert curve_of(observed).quantile(0.5).answer is Answer.NOT_ESTIMABLE


def test_share_is_silent_where_fewer_than_ten_are_at_risk():
    curve = curve_of(Observed(events=[1.0] * 20, censored=[2.0] * 9 + [8.0] * 9))

    assert curve.share_by(2.0) is not None
    assert curve.share_by(5.0) is None


def test_share_speaks_after_the_last_answer_when_nobody_was_censored():
    share = curve_of(Observed(events=[1.0] * 20)).share_by(60.0)

    assert share is not None
    assert (share.value, share.interval) == (1.0, None)


def test_share_of_fewer_than_ten_is_silent():
    assert curve_of(Observed(events=[1.0] * 9)).share_by(1.0) is None


def test_share_before_the_first_answer_is_zero():
    share = curve_of(Observed(events=[5.0] * 20)).share_by(1.0)

    assert share is not None
    assert share.value == 0.0


@pytest.mark.parametrize("seed", range(8))
def test_median_and_its_interval_are_those_of_lifelines(seed):
    rng = np.random.default_rng(seed)
    events, censored = (np.ceil(rng.exponential(9, n)).tolist() for n in (150, 60))
    fitter = KaplanMeierFitter().fit(events + censored, [1] * 150 + [0] * 60)
    limits = median_survival_times(fitter.confidence_interval_).to_numpy()[0]

    quantile = curve_of(Observed(events, [], censored)).quantile(0.5)

    assert quantile.time == fitter.median_survival_time_
    assert [quantile.lower, quantile.upper] == sorted(limits)


def test_interval_is_open_where_the_band_never_reaches_the_half():
    rng = np.random.default_rng(4)
    events, censored = rng.uniform(0, 50, 52).tolist(), [60.0] * 48
    fitter = KaplanMeierFitter().fit(events + censored, [1] * 52 + [0] * 48)

    quantile = curve_of(Observed(events, [], censored)).quantile(0.5)

    assert quantile.time == qth_survival_times(0.5, fitter.survival_function_)
    assert quantile.lower <= quantile.time
    assert quantile.upper == inf


cohorts = st.builds(Observed, *[st.lists(st.integers(0, 20).map(float), max_size=60)] * 3)


@given(cohorts, st.floats(0.01, 0.99))
def test_quantile_is_the_smallest_duration_that_reaches_its_share(observed, p):
    curve = curve_of(observed)
    quantile = curve.quantile(p)

    if quantile.answer is Answer.ESTIMATED:
        assert quantile.lower <= quantile.time <= quantile.upper
        earlier = [step.incidence for step in curve.steps if step.time < quantile.time]
        assert all(incidence < p for incidence in earlier)
