"""Slow, obvious versions of the estimators, written from the textbook formulas."""

from portal.statistics.rules.observation import Observed


def aalen_johansen(observed: Observed) -> list[tuple[float, float, float]]:
    """(time, incidence, variance) at each distinct duration, by the closed formulas.

    The variance is the delta method's closed form; it divides by Y - d, so a step at which
    everybody left ends it.
    """
    times = sorted({*observed.events, *observed.competing, *observed.censored})
    everything = observed.events + observed.competing + observed.censored
    rows, surviving, incidence = [], 1.0, 0.0
    for time in times:
        at_risk = sum(duration >= time for duration in everything)
        d1 = observed.events.count(time)
        d = d1 + observed.competing.count(time)
        before = surviving
        incidence += before * d1 / at_risk
        surviving *= 1 - d / at_risk
        rows.append((time, at_risk, d1, d, before, incidence))
    return [
        (rows[k][0], rows[k][5], _variance(rows[: k + 1]))
        for k in range(len(rows))
        if rows[k][1] > rows[k][3]
    ]


def _variance(rows: list[tuple[float, int, int, int, float, float]]) -> float:
    now = rows[-1][5]
    return sum(
        (now - at) ** 2 * d / (y * (y - d))
        + before**2 * d1 * (y - d1) / y**3
        - 2 * (now - at) * before * d1 / y**2
        for _, y, d1, d, before, at in rows
    )
