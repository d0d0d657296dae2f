"""Cumulative incidence of an event among competing endings.

The estimator is Aalen and Johansen's (Scandinavian Journal of Statistics 5, 1978). Without
competing endings it is one minus Kaplan and Meier's (JASA 53, 1958), and its variance is
Greenwood's (1926).
"""

from collections import Counter
from typing import NamedTuple

from portal.statistics.rules.observation import Observed


class Step(NamedTuple):
    """A cohort at one distinct duration: who was at risk, what happened, the estimate after it."""

    time: float
    at_risk: int
    events: int
    competing: int
    censored: int
    incidence: float
    variance: float


def cumulative_incidence(observed: Observed) -> list[Step]:
    """One step for each distinct duration, ascending; events before censorings where they tie.

    With Y at risk, of whom d1 have the event and d any ending, and with S the share that had
    none before: F grows by S d1/Y, then S shrinks by the factor 1 - d/Y. The variance is the
    delta method's, carried forward step by step: d1 and d are multinomial among Y, so the
    (co)variances of F and S after a step follow from those before it. Summed up this is the
    usual closed form (Marubini and Valsecchi, Analysing Survival Data, 10.4), without its
    division by zero where the last Y end together.
    """
    events, competing, censored = map(Counter, (observed.events, observed.competing, observed.censored))
    at_risk = observed.size
    surviving, incidence = 1.0, 0.0
    var_f = cov_fs = var_s = 0.0
    steps = []
    for time in sorted({*events, *competing, *censored}):
        happened, other, left = (
            events.get(time, 0),
            competing.get(time, 0),
            censored.get(time, 0),
        )
        if happened or other:
            hazard, ending = happened / at_risk, (happened + other) / at_risk
            noise = surviving * surviving / at_risk
            var_f += hazard * (2 * cov_fs + hazard * var_s) + noise * hazard * (1 - hazard)
            cov_fs = (1 - ending) * (cov_fs + hazard * var_s - noise * hazard)
            var_s = (1 - ending) ** 2 * var_s + noise * ending * (1 - ending)
            incidence += surviving * hazard
            surviving *= 1 - ending
        steps.append(Step(time, at_risk, happened, other, left, incidence, var_f))
        at_risk -= happened + other + left
    return steps
