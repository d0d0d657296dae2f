"""Classes of category, and which categories a text suggests, with the words that say so."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from portal import words
from portal.words import Word


class CategoryClass(StrEnum):
    """How careful a category is: DOMAIN rules of supervisory weight, secrecy and emergency."""

    ORDINARY = "ordinary"  # tidak berkadar pengawasan
    SUPERVISORY = "supervisory"  # berkadar pengawasan
    CONFIDENTIAL = "confidential"  # rahasia: always confidential, to a named small team
    EMERGENCY = "emergency"  # darurat: the emergency number is shown before filing


OTHER = "lainnya"  # the category for what fits nowhere: a moderator finds the right one

SIMILAR_RADIUS_M = 200  # unless its administrators say otherwise
SIMILAR_RADIUS_BOUNDS_M = range(10, 2001)  # a lamp post; a whole kelurahan

SUGGESTED_AT_MOST = 3  # the right one is among the first three far more often than first
LEAST_SCORE = 2.0  # a single weak word suggests nothing
HEADLINE_WORDS = 6  # what people write first is what it is about
HEADLINE_FACTOR = 1.5


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word or phrase that speaks for a category, the more so the greater its weight."""

    term: str
    code: str
    weight: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A category that fits a text; `matched_words` stand as the person wrote them."""

    code: str
    score: float
    matched_words: list[str]


Stems = tuple[str, ...]


class Keywords:
    """Keywords arranged for matching: the longest phrase that fits at a place is the one that counts."""

    def __init__(self, keywords: Iterable[Keyword]) -> None:
        self._weights: dict[Stems, dict[str, float]] = defaultdict(dict)
        for keyword in keywords:
            stems = tuple(words.tokens(keyword.term))
            known = self._weights[stems].get(keyword.code, 0.0)
            self._weights[stems][keyword.code] = max(known, keyword.weight)
        self._weights.pop((), None)
        self._longest = max(map(len, self._weights), default=0)

    def matches(self, text: list[Word]) -> Iterable[tuple[int, Stems]]:
        """Where each phrase begins, from left to right; no word belongs to two of them."""
        at = 0
        while at < len(text):
            stems = self._longest_at(text, at)
            if stems:
                yield at, stems
            at += max(len(stems), 1)

    def weights(self, stems: Stems) -> dict[str, float]:
        """For which categories a phrase speaks, and how strongly."""
        return self._weights[stems]

    def _longest_at(self, text: list[Word], at: int) -> Stems:
        for length in range(min(self._longest, len(text) - at), 0, -1):
            stems = tuple(word.stem for word in text[at : at + length])
            if stems in self._weights:
                return stems
        return ()


def suggest(text: str, keywords: Keywords, *, among: Collection[str] | None = None) -> list[Suggestion]:
    """The categories that a text speaks for, best first, at most three; `among` leaves only those.

    A phrase counts once however often it is written. Ties go to the category's code, so that the same
    text always gets the same answer.
    """
    said = words.words(text)
    scores: dict[str, float] = defaultdict(float)
    matched: dict[str, dict[str, None]] = defaultdict(dict)
    seen: set[Stems] = set()
    for at, stems in keywords.matches(said):
        factor = 0.0 if stems in seen else HEADLINE_FACTOR if at < HEADLINE_WORDS else 1.0
        seen.add(stems)
        for code, weight in keywords.weights(stems).items():
            scores[code] += weight * factor
            written = (word.written.casefold() for word in said[at : at + len(stems)])
            matched[code].update(dict.fromkeys(written))
    best = sorted(
        (code for code, score in scores.items() if score >= LEAST_SCORE and _offered(code, among)),
        key=lambda code: (-scores[code], code),
    )
    return [Suggestion(code, scores[code], list(matched[code])) for code in best[:SUGGESTED_AT_MOST]]


def _offered(code: str, among: Collection[str] | None) -> bool:
    return among is None or code in among
