"""95 % confidence intervals: of an estimated incidence, and of a plain proportion."""

from math import exp, log, sqrt
from statistics import NormalDist
from typing import NamedTuple

CONFIDENCE = 0.95
Z = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)


class Interval(NamedTuple):
    """Both limits, on the scale of what they enclose."""

    lower: float
    upper: float


def log_log(incidence: float, variance: float) -> Interval | None:
    """The interval of an incidence by the delta method on log(-log(1 - incidence)).

    Without competing endings this is the log-log Greenwood interval of Kaplan-Meier (Kalbfleisch
    and Prentice, The Statistical Analysis of Failure Time Data, 1.4). None at exactly 0 or 1,
    where the scale has no value.
    """
    surviving = 1.0 - incidence
    # Rounding leaves 1e-13 where nothing survives; the scale would take it for a real remainder.
    if incidence <= 0.0 or surviving <= 1e-11:
        return None
    width = Z * sqrt(max(variance, 0.0)) / (surviving * -log(surviving))
    return Interval(1.0 - surviving ** exp(-width), 1.0 - surviving ** exp(width))


def wilson(successes: int, n: int) -> Interval | None:
    """Wilson's score interval of `successes` among `n` (JASA 22, 1927); None when n is 0."""
    if n == 0:
        return None
    share = successes / n
    spread = Z * sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    centre, scale = share + Z**2 / (2 * n), 1 + Z**2 / n
    # At the ends the formula gives 0 and 1 themselves, save for rounding.
    lower = 0.0 if successes == 0 else (centre - spread) / scale
    upper = 1.0 if successes == n else (centre + spread) / scale
    return Interval(lower, upper)
