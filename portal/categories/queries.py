"""Which categories a text suggests, and what the published groups are called."""

import csv
from collections.abc import Collection
from functools import cache
from pathlib import Path

from portal.categories import rules
from portal.categories.rules import Keyword, Keywords, Suggestion
from portal.i18n import _l

KEYWORDS = Path(__file__).with_name("keywords.csv")

GROUP_NAMES = {
    "infrastructure": _l("Jalan, air, dan listrik"),
    "transport": _l("Penerangan jalan dan perhubungan"),
    "environment": _l("Kebersihan dan lingkungan"),
    "administration": _l("Kependudukan dan pemerintahan"),
    "health": _l("Kesehatan"),
    "education": _l("Pendidikan, olahraga, dan budaya"),
    "welfare": _l("Sosial dan tenaga kerja"),
    "economy": _l("Usaha, bangunan, dan pajak"),
    "order": _l("Ketertiban dan keadaan darurat"),
    "other": _l("Lainnya"),
}


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
    return str(GROUP_NAMES.get(group, GROUP_NAMES["other"]))
