"""How often the right agency comes first or among the first three, on reports that were not learned from.

Reports that are alike (see grouping.py) are held out together: a model that has seen a copy proves nothing.
Each group counts once, however many reports it has, so that intervals count what is independent.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from random import Random
from typing import Any

from portal.routing.learning.combining import combined, order
from portal.routing.learning.speaking import named
from portal.routing.learning.training import Case, Learned, train

FOLDS = 5
WEIGHTS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)  # of a keyword's point, tried on held-out reports
TOP = 3
WAYS = ("majority", "keywords", "learned", "combined")

ByKeywords = Callable[[str, str | None], Mapping[str, float]]  # text, area -> label -> points


@dataclass(frozen=True)
class Right:
    """Groups that had the right agency in front: at least half of their reports did."""

    first: int
    among_three: int


@dataclass(frozen=True)
class Figures:
    """What each way of suggesting reached. `majority` always names the agencies with the most reports."""

    reports: int
    groups: int
    ways: Mapping[str, Right]

    def stored(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> "Figures":
        ways = {name: Right(**document["ways"][name]) for name in WAYS}
        return cls(document["reports"], document["groups"], ways)


@dataclass(frozen=True)
class Held:
    """A held-out report: the right label, and what each way says of it."""

    group: str
    label: str
    majority: Mapping[str, float]
    by_keywords: Mapping[str, float]
    by_names: Mapping[str, float]  # words of agencies' names, where no keyword speaks
    by_words: Mapping[str, float]  # log probabilities

    def place(self, way: str, weight: float) -> int:
        """Where the right label stands, counted from zero; TOP when it is not among the first."""
        front = order(self._scores(way, weight))[:TOP]
        return front.index(self.label) if self.label in front else TOP

    def _scores(self, way: str, weight: float) -> Mapping[str, float]:
        if way == "combined":
            return combined(self.by_words, self.by_keywords or self.by_names, weight)
        return {"majority": self.majority, "keywords": self.by_keywords, "learned": self.by_words}[way]


def held_out(cases: Sequence[Case], by_keywords: ByKeywords, names: Mapping[str, str]) -> list[Held]:
    """Every report once, judged by what was learned from the other folds; groups stay whole."""
    fold_of = _dealt({case.group for case in cases}, FOLDS)
    found = []
    for fold in range(FOLDS):
        rest = [case for case in cases if fold_of[case.group] != fold]
        own = [case for case in cases if fold_of[case.group] == fold]
        learned = train(rest, keyword_weight=0.0)
        found += judged(own, by=learned, after=rest, by_keywords=by_keywords, names=names)
    return found


def judged(
    cases: Iterable[Case],
    *,
    by: Learned,
    after: Iterable[Case],
    by_keywords: ByKeywords,
    names: Mapping[str, str],
) -> list[Held]:
    """What a version says of reports that it did not see; `after` are those that it did."""
    majority = dict(Counter(case.agency for case in after))
    return [
        Held(
            case.group,
            case.agency,
            majority,
            by_keywords(case.text, case.area_code),
            named(case.words, names),
            by.agencies.log_posterior(case.stems),
        )
        for case in cases
    ]


def best_weight(held: Sequence[Held]) -> float:
    """The weight of keywords with the most right firsts; of equals the smallest."""
    return max(WEIGHTS, key=lambda weight: (right(held, "combined", weight).first, -weight))


def figures_of(held: Sequence[Held], weight: float | None = None) -> Figures:
    """The figures of all ways. Without a weight given, that of each half of the groups is chosen on the
    other half: no report has a say in how it is judged."""
    half_of = _dealt({one.group for one in held}, 2)
    halves = [[one for one in held if half_of[one.group] == half] for half in (0, 1)]
    weights = [best_weight(other) if weight is None else weight for other in reversed(halves)]
    ways = {}
    for way in WAYS:
        parts = [right(half, way, one) for half, one in zip(halves, weights, strict=True)]
        ways[way] = Right(sum(one.first for one in parts), sum(one.among_three for one in parts))
    return Figures(len(held), len(half_of), ways)


def right(held: Iterable[Held], way: str, weight: float) -> Right:
    """In how many groups at least half of the reports have the right label in front."""
    places: dict[str, list[int]] = defaultdict(list)
    for one in held:
        places[one.group].append(one.place(way, weight))
    return Right(
        first=sum(_half(one, below=1) for one in places.values()),
        among_three=sum(_half(one, below=TOP) for one in places.values()),
    )


def _half(places: Sequence[int], *, below: int) -> bool:
    return 2 * sum(place < below for place in places) >= len(places)


def _dealt(groups: Iterable[str], hands: int) -> dict[str, int]:
    """The groups dealt out by chance, the same each time."""
    shuffled = sorted(groups)
    Random(len(shuffled)).shuffle(shuffled)  # noqa: S311 - nobody gains by guessing it
    return {group: serial % hands for serial, group in enumerate(shuffled)}
