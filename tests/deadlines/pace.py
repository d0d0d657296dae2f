"""How many times as long one thing takes as another, on this machine at this moment."""

from collections.abc import Callable
from time import perf_counter

ROUNDS = 15


def times(slow: Callable[[], object], quick: Callable[[], object]) -> float:
    """The ratio of the best of some rounds: what else the machine does only makes a round longer."""
    return best(slow) / best(quick)


def best(act: Callable[[], object]) -> float:
    """Seconds of the quickest round."""
    return min(_seconds(act) for _ in range(ROUNDS))


def _seconds(act: Callable[[], object]) -> float:
    begun = perf_counter()
    act()
    return perf_counter() - begun
