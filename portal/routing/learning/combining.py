"""Learned words and shipped keywords together: one score for each label."""

from collections.abc import Mapping

UNLEARNED = -12.0  # log probability of a label that was too rare to learn: only a keyword can bring it in


def combined(
    by_words: Mapping[str, float], by_keywords: Mapping[str, float], weight: float
) -> dict[str, float]:
    """Log probability plus weighted points. Without learned words it is the keywords' order."""
    labels = {**by_words, **by_keywords}
    return {label: by_words.get(label, UNLEARNED) + weight * by_keywords.get(label, 0.0) for label in labels}


def order(scores: Mapping[str, float]) -> list[str]:
    """The labels, best first; equals by name, so that the same text always gets the same answer."""
    return sorted(scores, key=lambda label: (-scores[label], label))
