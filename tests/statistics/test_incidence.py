"""The estimator agrees with lifelines, scipy and the textbook, and keeps what must always hold."""

import gc
from itertools import pairwise
from time import process_time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import AalenJohansenFitter, KaplanMeierFitter
from scipy.stats import CensoredData, ecdf

from portal.statistics.rules.incidence import cumulative_incidence
from portal.statistics.rules.intervals import log_log
from portal.statistics.rules.observation import Observed
from tests.statistics.references import aalen_johansen

pytestmark = pytest.mark.engine_free

EXACT = {"rel": 1e-9, "abs": 1e-9}

durations = st.lists(st.integers(0, 30).map(float), max_size=40)
cohorts = st.builds(Observed, durations, durations, durations)
cohorts_without_competitors = st.builds(Observed, durations, st.just([]), durations)


def random_cohort(seed: int, *, ties: bool, competing: int) -> Observed:
    rng = np.random.default_rng(seed)
    sizes = (120, competing, 80)
    drawn = [rng.exponential(10, size) for size in sizes]
    return Observed(*([*np.ceil(part)] if ties else [*part] for part in drawn))


def test_freireich_remission_times_give_the_published_kaplan_meier_table():
    # given: 6-mercaptopurine arm of Freireich and others (Blood 21, 1963), weeks
    observed = Observed(
        events=[6, 6, 6, 7, 10, 13, 16, 22, 23],
        censored=[6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35],
    )

    steps = [step for step in cumulative_incidence(observed) if step.events]

    survival = [(step.time, step.at_risk, round(1 - step.incidence, 4)) for step in steps]
    assert survival == [
        (6, 21, 0.8571),
        (7, 17, 0.8067),
        (10, 15, 0.7529),
        (13, 12, 0.6902),
        (16, 11, 0.6275),
        (22, 7, 0.5378),
        (23, 6, 0.4482),
    ]


@pytest.mark.parametrize("ties", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_without_competing_endings_it_is_lifelines_kaplan_meier(seed, ties):
    observed = random_cohort(seed, ties=ties, competing=0)
    fitter = KaplanMeierFitter().fit(
        observed.events + observed.censored,
        [1] * len(observed.events) + [0] * len(observed.censored),
    )

    steps = cumulative_incidence(observed)

    bands = fitter.confidence_interval_cumulative_density_
    for step in steps:
        expected = fitter.cumulative_density_.loc[step.time].iloc[0]
        assert step.incidence == pytest.approx(expected, **EXACT)
        if band := log_log(step.incidence, step.variance):
            assert sorted(bands.loc[step.time]) == pytest.approx(list(band), **EXACT)


# scipy's own interval has no value at the ends either, and says so.
@pytest.mark.filterwarnings("ignore:The confidence interval is undefined:RuntimeWarning")
@pytest.mark.parametrize("seed", range(5))
def test_without_competing_endings_it_is_scipys_empirical_distribution(seed):
    observed = random_cohort(seed, ties=True, competing=0)
    reference = ecdf(CensoredData(observed.events, right=observed.censored))
    band = reference.cdf.confidence_interval(method="log-log")

    for step in cumulative_incidence(observed):
        assert step.incidence == pytest.approx(float(reference.cdf.evaluate(step.time)), **EXACT)
        if interval := log_log(step.incidence, step.variance):
            limits = [float(side.evaluate(step.time)) for side in (band.low, band.high)]
            assert list(interval) == pytest.approx(limits, **EXACT)


@pytest.mark.parametrize("seed", range(5))
def test_with_competing_endings_it_is_lifelines_aalen_johansen(seed):
    # lifelines jitters ties, so this compares durations that are all different
    observed = random_cohort(seed, ties=False, competing=60)
    endings = [1] * len(observed.events) + [2] * len(observed.competing)
    endings += [0] * len(observed.censored)
    everything = observed.events + observed.competing + observed.censored
    fitter = AalenJohansenFitter(calculate_variance=True)
    fitter.fit(np.array(everything), np.array(endings), event_of_interest=1)

    steps = [step for step in cumulative_incidence(observed) if step.at_risk > 1]

    for step in steps:
        assert step.incidence == pytest.approx(fitter.cumulative_density_.loc[step.time].iloc[0], **EXACT)
        assert step.variance == pytest.approx(fitter.variance_.loc[step.time], **EXACT)


@given(cohorts)
def test_tied_and_competing_endings_follow_the_textbook_formulas(observed):
    steps = {step.time: step for step in cumulative_incidence(observed)}

    for time, incidence, variance in aalen_johansen(observed):
        assert steps[time].incidence == pytest.approx(incidence, **EXACT)
        assert steps[time].variance == pytest.approx(variance, **EXACT)


@given(cohorts)
def test_incidence_rises_and_stays_between_none_and_all(observed):
    values = [step.incidence for step in cumulative_incidence(observed)]

    assert all(a <= b for a, b in pairwise(values))
    assert all(0 <= value <= 1 + 1e-12 for value in values)


@given(cohorts)
def test_event_and_competing_incidence_never_exceed_one_together(observed):
    swapped = Observed(observed.competing, observed.events, observed.censored)

    both = zip(cumulative_incidence(observed), cumulative_incidence(swapped), strict=True)

    assert all(a.incidence + b.incidence <= 1 + 1e-12 for a, b in both)


@given(cohorts_without_competitors)
def test_without_competing_endings_it_is_the_complement_of_the_survival_product(
    observed,
):
    surviving, greenwood = 1.0, 0.0
    for step in cumulative_incidence(observed):
        surviving *= 1 - step.events / step.at_risk
        if step.events < step.at_risk:
            greenwood += step.events / (step.at_risk * (step.at_risk - step.events))
            assert step.variance == pytest.approx(surviving**2 * greenwood, **EXACT)
        assert step.incidence == pytest.approx(1 - surviving, **EXACT)


@given(cohorts)
def test_band_encloses_the_estimate(observed):
    for step in cumulative_incidence(observed):
        if band := log_log(step.incidence, step.variance):
            assert 0 <= band.lower <= step.incidence + 1e-12
            assert step.incidence - 1e-12 <= band.upper <= 1


def test_an_event_counts_before_a_censoring_at_the_same_duration():
    steps = cumulative_incidence(Observed(events=[5.0], censored=[5.0]))

    assert steps[0].at_risk == 2
    assert steps[0].incidence == 0.5


def test_an_empty_cohort_has_no_steps():
    assert cumulative_incidence(Observed()) == []


def test_ten_times_the_matters_take_about_ten_times_as_long():
    rng = np.random.default_rng(1)

    def seconds(size: int) -> float:
        observed = Observed(*(rng.exponential(10, n).tolist() for n in (size, size // 10, size // 2)))
        before = process_time()
        cumulative_incidence(observed)
        return process_time() - before

    # Were each step to look at every matter again, it would be a hundred times.
    gc.disable()  # what else the tests hold is not what is measured
    small = min(seconds(5_000) for _ in range(3))
    large = min(seconds(50_000) for _ in range(3))
    gc.enable()

    assert large < 40 * small
