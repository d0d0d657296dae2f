"""Which reports are alike, so that none is judged by what was learned from its copy.

What sits above may know better, e.g. that two texts tell of one situation: it registers how it knows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from portal.routing.learning.training import Case

SHINGLE = 5  # words in a row that two reports share only when one was written after the other

Knows = Callable[[str], str | None]  # text -> name of its group, None when it is not known
_knowing: list[Knows] = []


def register(knows: Knows) -> None:
    """Ask this for the group of a text before looking at its words."""
    if knows not in _knowing:
        _knowing.append(knows)


def grouped(cases: Sequence[Case]) -> list[Case]:
    """The cases with their groups: known ones, and else those that share a run of words."""
    leaders = _leaders(cases)
    return [
        replace(case, group=_known(case.text) or f"alike:{leader}")
        for case, leader in zip(cases, leaders, strict=True)
    ]


def _known(text: str) -> str | None:
    return next((group for knows in _knowing if (group := knows(text))), None)


def _leaders(cases: Sequence[Case]) -> list[int]:
    """For each case the first one that it hangs together with, over any number of steps."""
    leader = list(range(len(cases)))

    def first(one: int) -> int:
        while leader[one] != one:
            leader[one] = leader[leader[one]]  # shortens the way for the next who asks
            one = leader[one]
        return one

    for together in _sharing(cases):
        top = first(together[0])
        for one in together[1:]:
            leader[first(one)] = top
    return [first(one) for one in range(len(cases))]


def _sharing(cases: Sequence[Case]) -> Iterable[list[int]]:
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for serial, case in enumerate(cases):
        runs = zip(*(case.stems[shift:] for shift in range(SHINGLE)), strict=False)
        for run in dict.fromkeys(runs):
            holders[run].append(serial)
    return [together for together in holders.values() if len(together) > 1]
