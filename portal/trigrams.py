"""How alike two texts are by their trigrams: what PostgreSQL's pg_trgm calls `similarity`, on any engine."""

import re
from collections.abc import Iterable

WORD = re.compile(r"[^\W_]+")


def of(text: str) -> frozenset[str]:
    """The runs of three signs of each word, with two blanks before it and one behind it."""
    return frozenset(gram for word in WORD.findall(text.lower()) for gram in _grams(f"  {word} "))


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0 to 1: the trigrams of both, as a share of those of either."""
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0


def similarity(one: str, other: str) -> float:
    """From 0 (nothing in common) to 1 (the same words, in whatever order)."""
    return shared(of(one), of(other))


def _grams(padded: str) -> Iterable[str]:
    return (padded[at : at + 3] for at in range(len(padded) - 2))
