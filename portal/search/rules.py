"""What matches: a text and a question are folded and stemmed by the same rule on both engines."""

from portal import words

fold = words.fold
tokens = words.tokens

LONGEST_QUESTION = 12  # words; more add nothing but cost
LONGEST_WORD = 60  # letters; PostgreSQL refuses to index words beyond 2 kB


def indexed(text: str) -> str:
    """The text as the index keeps it: stems parted by spaces."""
    return " ".join(_cut(tokens(text)))


def terms(question: str) -> list[str]:
    """The distinct stems that a question asks for, in its order, at most LONGEST_QUESTION."""
    return list(dict.fromkeys(_cut(tokens(question))))[:LONGEST_QUESTION]


def _cut(stems: list[str]) -> list[str]:
    return [stem[:LONGEST_WORD] for stem in stems]
