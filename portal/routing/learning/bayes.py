"""Plain multinomial naive Bayes over stems: which label do these words speak for, and how loudly each.

Laplace smoothing: every word of the vocabulary counts once more for each label than it was seen. Words
outside the vocabulary say nothing. All logarithms are natural.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

SMOOTHING = 1.0  # Laplace: one unseen sighting of each word for each label


@dataclass(frozen=True, slots=True)
class Lesson:
    """The stems of one report, repeated as they stood in it, and the label that people gave it."""

    stems: Sequence[str]
    label: str


@dataclass(frozen=True)
class Bayes:
    """What was counted: reports of each label, and how often each stem stood in them."""

    reports: Mapping[str, int]
    sightings: Mapping[str, Mapping[str, int]]  # stem -> label -> count
    _rows: dict[str, list[float]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def labels(self) -> list[str]:
        return list(self.reports)

    @cached_property
    def _sightings_of(self) -> dict[str, int]:
        totals = dict.fromkeys(self.reports, 0)
        for by_label in self.sightings.values():
            for label, count in by_label.items():
                totals[label] += count
        return totals

    @cached_property
    def _all_sightings(self) -> int:
        return sum(self._sightings_of.values())

    @cached_property
    def _priors(self) -> list[float]:
        whole = sum(self.reports.values())
        return [math.log(count / whole) for count in self.reports.values()]

    def log_posterior(self, stems: Iterable[str]) -> dict[str, float]:
        """The logarithm of each label's probability, given the stems; the probabilities sum to one."""
        scores = self._priors
        for stem in stems:
            if stem in self.sightings:
                scores = [score + one for score, one in zip(scores, self._row(stem), strict=True)]
        top = max(scores, default=0.0)  # taken out first, so that no exponential vanishes or overflows
        whole = top + math.log(sum(math.exp(score - top) for score in scores)) if scores else 0.0
        return {label: score - whole for label, score in zip(self.labels, scores, strict=True)}

    def log_likelihood(self, stem: str, label: str) -> float:
        """log P(stem | label), smoothed."""
        seen = self.sightings[stem].get(label, 0) + SMOOTHING
        return math.log(seen / (self._sightings_of[label] + SMOOTHING * len(self.sightings)))

    def log_odds(self, stem: str, label: str) -> float:
        """log P(stem | label) / P(stem | any other): positive where the stem speaks for the label."""
        here = self.sightings[stem].get(label, 0)
        elsewhere = sum(self.sightings[stem].values()) - here + SMOOTHING
        rest = self._all_sightings - self._sightings_of[label] + SMOOTHING * len(self.sightings)
        return self.log_likelihood(stem, label) - math.log(elsewhere / rest)

    def _row(self, stem: str) -> list[float]:
        """The log likelihoods of a stem in the order of the labels; computed when first asked for."""
        if stem not in self._rows:
            self._rows[stem] = [self.log_likelihood(stem, label) for label in self.labels]
        return self._rows[stem]

    def stored(self) -> dict[str, Any]:
        return {"reports": dict(self.reports), "sightings": {s: dict(c) for s, c in self.sightings.items()}}

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> "Bayes":
        return cls(document["reports"], document["sightings"])


def learn(lessons: Iterable[Lesson], *, vocabulary: frozenset[str]) -> Bayes:
    """Count the labels, and the stems of the vocabulary."""
    reports: Counter[str] = Counter()
    sightings: dict[str, Counter[str]] = defaultdict(Counter)
    for lesson in lessons:
        reports[lesson.label] += 1
        for stem in lesson.stems:
            if stem in vocabulary:
                sightings[stem][lesson.label] += 1
    return Bayes(dict(sorted(reports.items())), {stem: dict(sightings[stem]) for stem in sorted(sightings)})
