"""From reports and where they ended to what is kept of them: counts of words, never a text.

A word is kept only when it stood in at least WORD_REPORTS different reports, so that none leads back to
one person. A label with fewer than LABEL_REPORTS reports is not learned; there the keywords go on alone.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from portal import words
from portal.routing.learning.bayes import Bayes, Lesson, learn

WORD_REPORTS = 5  # k: as few reports as a word may have been seen in
LABEL_REPORTS = 20  # fewer teach more about themselves than about the next one
PLACE_NAME = re.compile(
    r"\b((?i:jalan|jln|jl|gang|gg|kelurahan|kel|kecamatan|kec|pasar|lingkungan|komplek|kompleks)\b\.?)"
    r"(?:\s+[A-Z][\w'’]*){1,3}"
)
POOLED_KINDS = frozenset({"kecamatan"})  # one office per area: which of them follows from the place
POOL = "kind:"  # begins the label that stands for all agencies of a kind


@dataclass(frozen=True)
class Case:
    """A report whose agency was found by people. `text` is masked; `group` names those that are alike."""

    text: str
    agency: str  # see label_of
    category: str
    area_code: str | None
    group: str = ""

    @cached_property
    def words(self) -> list[words.Word]:
        return telling(self.text)

    @cached_property
    def stems(self) -> list[str]:
        return [word.stem for word in self.words]


@dataclass(frozen=True)
class Learned:
    """One version in use: who handles which words, what they are about, and how the words are written.

    `keyword_weight` says how many natural units of log probability a point of a keyword is worth.
    """

    agencies: Bayes
    categories: Bayes
    written: Mapping[str, str]  # stem -> its commonest form
    keyword_weight: float

    @property
    def vocabulary_size(self) -> int:
        return len(self.agencies.sightings)

    def stored(self) -> dict[str, Any]:
        return {
            "agencies": self.agencies.stored(),
            "categories": self.categories.stored(),
            "written": dict(self.written),
            "keyword_weight": self.keyword_weight,
        }

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> "Learned":
        return cls(
            Bayes.read(document["agencies"]),
            Bayes.read(document["categories"]),
            document["written"],
            document["keyword_weight"],
        )


def label_of(code: str, kind: str) -> str:
    """What an agency is called here: its code, or its kind where each area has one of its own."""
    return f"{POOL}{kind}" if kind in POOLED_KINDS else code


def telling(text: str) -> list[words.Word]:
    """The words of a text that may be learned: none with a digit, none of a single letter, and no names of
    streets and areas: they say where, and nobody's street leads to an agency."""
    without_names = PLACE_NAME.sub(r"\1 ", text)
    return [word for word in words.words(without_names) if word.stem.isalpha() and len(word.stem) > 1]


def train(cases: Sequence[Case], *, keyword_weight: float) -> Learned:
    """Count. What is too rare is left out, words and labels alike."""
    vocabulary = frequent(cases)
    return Learned(
        agencies=_counted(cases, [case.agency for case in cases], vocabulary),
        categories=_counted(cases, [case.category for case in cases], vocabulary),
        written=_written(cases, vocabulary),
        keyword_weight=keyword_weight,
    )


def frequent(cases: Iterable[Case]) -> frozenset[str]:
    """Stems that stood in at least WORD_REPORTS different reports."""
    seen_in = Counter(stem for case in cases for stem in set(case.stems))
    return frozenset(stem for stem, count in seen_in.items() if count >= WORD_REPORTS)


def learnable(labels: Collection[str]) -> frozenset[str]:
    """Labels with enough reports."""
    return frozenset(label for label, count in Counter(labels).items() if count >= LABEL_REPORTS)


def _counted(cases: Sequence[Case], labels: list[str], vocabulary: frozenset[str]) -> Bayes:
    enough = learnable(labels)
    lessons = (
        Lesson(case.stems, label) for case, label in zip(cases, labels, strict=True) if label in enough
    )
    return learn(lessons, vocabulary=vocabulary)


def _written(cases: Iterable[Case], vocabulary: frozenset[str]) -> dict[str, str]:
    """The commonest form of each stem; a form in too few reports gives way to the stem itself."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for case in cases:
        for stem, form in {(word.stem, words.fold(word.written)) for word in case.words}:
            if stem in vocabulary:
                forms[stem][form] += 1
    best = {stem: counted.most_common(1)[0] for stem, counted in sorted(forms.items())}
    return {stem: form if count >= WORD_REPORTS else stem for stem, (form, count) in best.items()}
