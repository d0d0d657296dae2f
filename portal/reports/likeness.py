"""How much two matters have in common: one measure for filing, triage and suggestions."""

from dataclasses import dataclass, field
from typing import Any

from portal import trigrams
from portal.search.rules import indexed as stemmed
from portal.words import words

READ = 300  # signs of a text's stems that are compared: the matter stands at its beginning
LEAST_ALIKE = 0.3  # where PostgreSQL, too, begins to call two texts alike
FAR_ALIKE = 0.7  # so alike that the distance says little: one service for the whole city
NEARBY_ALIKE = 0.12  # of the same category and within its radius: other words for the same thing
# The nearest counts as much as half a likeness; a common category or area settles what else is equal.
NEAR_POINTS, AREA_POINTS, CATEGORY_POINTS = 0.5, 0.2, 0.1
# Said everywhere, they tell no two matters apart.
EVERYWHERE = frozenset({"jalan", "gang", "malam", "pagi", "siang", "hari", "minggu", "medan"})


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a matter, ready to be compared: its stems, and the trigrams of its title and of all."""

    stems: frozenset[str]
    title: frozenset[str]
    whole: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What another matter has in common with one. `metres` is None where one of the two has no point."""

    alike: float  # from 0 to 1
    stems: frozenset[str]  # that both use, without those that everybody uses
    metres: float | None = None
    radius_m: int = 0
    same_category: bool = False
    same_area: bool = False
    same_district: bool = False
    points: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", _points(self))

    @property
    def is_near(self) -> bool:
        """Within the radius of its category?"""
        return self.metres is not None and self.metres <= self.radius_m


def said(title: str, body: str = "") -> Said:
    """The words of a text as it was typed."""
    return indexed(stemmed(title), stemmed(f"{title}\n{body}"))


def indexed(title_stems: str, stems: str) -> Said:
    """The same from stems parted by blanks, as the search index keeps them."""
    read = stems[:READ]
    return Said(frozenset(read.split()), trigrams.of(title_stems), trigrams.of(read))


def compare(one: Said, other: Said, **known: Any) -> Found:
    """Compare two texts: as alike as their titles or their whole texts are, whichever is more. `known` are
    the other things that they have in common."""
    both = frozenset(stem for stem in one.stems & other.stems if len(stem) > 2) - EVERYWHERE
    alike = max(trigrams.shared(one.title, other.title), trigrams.shared(one.whole, other.whole))
    return Found(alike=alike, stems=both, **known)


def may_be_the_same(found: Found, *, knows_place: bool = True) -> bool:
    """Is it worth somebody's look? Near and of the same category, or alike and not far, or very alike."""
    if found.is_near and found.same_category and found.alike >= NEARBY_ALIKE:
        return True
    is_around = found.is_near or found.same_district or not knows_place
    return bool(found.stems) and found.alike >= (LEAST_ALIKE if is_around else FAR_ALIKE)


def written(stems: frozenset[str], text: str) -> list[str]:
    """The words of a text that have these stems, as they stand there: stems themselves are never shown."""
    found = {word.stem: word.written.casefold() for word in reversed(words(text)) if word.stem in stems}
    return list(reversed(found.values()))


def order(found: Found, row_id: int) -> tuple[float, int]:
    """A key to sort by: the likeliest first, of equal ones the newest; the same on every engine."""
    return -round(found.points, 6), -row_id


def _points(found: Found) -> float:
    points = found.alike + CATEGORY_POINTS * found.same_category
    if found.is_near and found.metres is not None:
        return points + NEAR_POINTS * (1 - found.metres / (2 * found.radius_m))
    return points + AREA_POINTS * found.same_area
