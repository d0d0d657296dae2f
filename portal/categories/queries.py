"""Which categories a text suggests, and what the published groups are called."""

import csv
from collections.abc import Collection
from functools import cache
from pathlib import Path

from portal.categories import labels, rules
from portal.categories.rules import Keyword, Keywords, Suggestion

KEYWORDS = Path(__file__).with_name("keywords.csv")


@cache
def keywords() -> Keywords:
    """The words that speak for each category, as shipped."""
    with KEYWORDS.open(encoding="utf-8", newline="") as lines:
        return Keywords(
            Keyword(row["term"], row["category_code"], float(row["weight"])) for row in csv.DictReader(lines)
        )


def suggest(text: str, *, among: Collection[str]) -> list[Suggestion]:
    """At most three of the offered categories that a text speaks for, best first, with the words that
    say so: a proposal, never a decision."""
    return rules.suggest(text, keywords(), among=among)


def group_name(group: str) -> str:
    """The published name of a group, in the reader's language."""
    return str(labels.GROUP.get(group, labels.GROUP["other"]))
