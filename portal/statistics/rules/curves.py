"""What is read off a cumulative incidence: shares by a day, quantiles, and where it falls silent."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import islice
from math import inf
from operator import attrgetter
from typing import NamedTuple

from portal.statistics.rules.incidence import Step, cumulative_incidence
from portal.statistics.rules.intervals import Interval, log_log
from portal.statistics.rules.observation import Observed

MIN_AT_RISK = 10  # with fewer under observation, one matter moves the curve by more than a tenth
# Sums of step heights drift by about 1e-12 while the smallest honest step is 1 / n: without this,
# the median of 1, 2, 3, 4 would depend on rounding.
TOLERANCE = 1e-9

_time = attrgetter("time")
_incidence = attrgetter("incidence")


class Share(NamedTuple):
    """A share between 0 and 1; without an interval at exactly 0 or 1."""

    value: float
    interval: Interval | None


class Answer(StrEnum):
    """Whether a quantile can be given."""

    ESTIMATED = "estimated"
    NOT_REACHED = "not-reached"
    NOT_ESTIMABLE = "not-estimable"


class Quantile(NamedTuple):
    """A quantile and its interval; a limit is infinite where the band does not reach so far."""

    answer: Answer
    time: float = inf
    lower: float = inf
    upper: float = inf


@dataclass(frozen=True)
class Curve:
    """A cumulative incidence, asked the questions that a reader has."""

    steps: list[Step]

    @cached_property
    def size(self) -> int:
        """Matters in the cohort."""
        return self.steps[0].at_risk if self.steps else 0

    def step_at(self, time: float) -> Step | None:
        """The state at `time`, that instant included; None before the first distinct duration."""
        position = bisect_right(self.steps, time, key=_time)
        return self.steps[position - 1] if position else None

    def at_risk_at(self, time: float) -> int:
        """Matters still under observation just before `time`."""
        position = bisect_left(self.steps, time, key=_time)
        return self.steps[position].at_risk if position < len(self.steps) else 0

    def is_estimable_at(self, time: float) -> bool:
        """Whether the curve may speak of `time`: at least 10 are at risk there.

        Where nobody was censored before `time`, the state of each matter is known and the
        incidence is a plain proportion: then the size of the cohort decides.
        """
        at_risk = self.size if time <= self._known_until else self.at_risk_at(time)
        return at_risk >= MIN_AT_RISK

    def share_by(self, time: float) -> Share | None:
        """Share that had the event by `time`; None where it is not estimable."""
        if not self.is_estimable_at(time):
            return None
        step = self.step_at(time)
        if step is None:
            return Share(0.0, None)
        return Share(step.incidence, log_log(step.incidence, step.variance))

    def quantile(self, p: float) -> Quantile:
        """The smallest duration by which a share of at least `p` had the event.

        Its interval inverts the band (Brookmeyer and Crowley, Biometrics 38, 1982): from the
        first duration whose upper limit reaches `p` to the first whose lower limit does.
        """
        if not self.steps:
            return Quantile(Answer.NOT_ESTIMABLE)
        position = bisect_left(self.steps, p - TOLERANCE, key=_incidence)
        if position == len(self.steps):
            return Quantile(Answer.NOT_REACHED)
        time = self.steps[position].time
        if not self.is_estimable_at(time):
            return Quantile(Answer.NOT_ESTIMABLE)
        lower = min(self._first_limit_reaching(p, "upper", start=0), time)
        upper = self._first_limit_reaching(p, "lower", start=position)
        return Quantile(Answer.ESTIMATED, time, lower, upper if self.is_estimable_at(upper) else inf)

    @cached_property
    def _known_until(self) -> float:
        return next((step.time for step in self.steps if step.censored), inf)

    def _first_limit_reaching(self, p: float, limit: str, *, start: int) -> float:
        for step in islice(self.steps, start, None):
            band = log_log(step.incidence, step.variance)
            if band is not None and getattr(band, limit) >= p - TOLERANCE:
                return step.time
        return inf


def curve_of(observed: Observed) -> Curve:
    """The curve of a cohort."""
    return Curve(cumulative_incidence(observed))
