"""Whose a matter is: which rule fits best, and who of a pool takes it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.categories.rules import OTHER


class Basis(StrEnum):
    """Why a matter lies where it lies; stored with it and told in words to everybody."""

    RULE = "rule"
    INSPECTORATE = "inspectorate"  # supervisory weight: never to the unit it is about
    MODERATOR = "moderator"
    NAMED = "named"  # a moderator named the official, not only the agency
    RESPONSIBLE = "responsible"  # who answers for the project or service that the matter is about
    TRANSFER = "transfer"
    SUPERVISOR = "supervisor"
    EXTERNAL = "external"  # a body outside the city government: named, never disposed to
    NONE = "none"  # no rule fits: moderators decide


@dataclass(frozen=True, slots=True)
class Rule:
    """A routing rule as the match sees it. No category: any; no area: the whole city."""

    id: int
    category_code: str | None
    area_code: str | None
    agency_id: int
    priority: int
    verifies: bool
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could take the matter. No areas: looks after the whole city."""

    official_id: int
    open_count: int
    areas: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Choice:
    """Who takes it, and whether in place of somebody who is away."""

    official_id: int
    stands_in: bool = False


def enclosing(area_code: str | None) -> tuple[str, ...]:
    """An area and all areas around it, smallest first: Kemendagri codes name their parents.

    `12.71.09.1001` lies in `12.71.09`, which lies in `12.71`.
    """
    if not area_code:
        return ()
    parts = area_code.split(".")
    return tuple(".".join(parts[:length]) for length in range(len(parts), 1, -1))


def fitting(rules: Iterable[Rule], *, category_code: str, area_code: str | None, on: date) -> list[Rule]:
    """Rules that fit the matter on that day, best first.

    A rule for the category beats one for any category, else the kelurahan would get every street
    light; then the smaller area, then the higher priority, then the older rule. `lainnya` fits no
    category rule, so that a moderator finds the right one.
    """
    places = enclosing(area_code)
    found = [
        rule
        for rule in rules
        if _fits_category(rule, category_code)
        and (rule.area_code is None or rule.area_code in places)
        and is_valid(rule, on)
    ]
    return sorted(found, key=lambda rule: _rank(rule, places))


def is_valid(rule: Rule, on: date) -> bool:
    return rule.valid_from <= on and (rule.valid_to is None or on <= rule.valid_to)


def choose(
    pool: Sequence[Candidate],
    *,
    area_code: str | None,
    away: dict[int, int | None],
    substitutes: dict[int, Candidate] | None = None,
) -> Choice | None:
    """The official of a pool with the fewest open assignments; ties go to the lowest id.

    Those who look after the area come before those of the whole city. Who is away is skipped and
    their substitute counts in their place; when nobody is there at all the least loaded one gets
    it, because a matter must always have a name.
    """
    near = _nearest(pool, enclosing(area_code))
    present = [(one, False) for one in near if one.official_id not in away]
    stand_ins = [
        (substitute, True)
        for one in near
        if (substitute := _substitute(one, away, substitutes or {})) is not None
    ]
    available = present + stand_ins or [(one, False) for one in near]
    if not available:
        return None
    best, stands_in = min(available, key=lambda pair: (pair[0].open_count, pair[0].official_id))
    return Choice(best.official_id, stands_in and best not in [one for one, _ in present])


def _fits_category(rule: Rule, category_code: str) -> bool:
    if category_code == OTHER:
        return False
    return rule.category_code is None or rule.category_code == category_code


def _rank(rule: Rule, places: tuple[str, ...]) -> tuple[bool, int, int, int]:
    distance = places.index(rule.area_code) if rule.area_code else len(places)
    return (rule.category_code is None, distance, -rule.priority, rule.id)


def _nearest(pool: Sequence[Candidate], places: tuple[str, ...]) -> list[Candidate]:
    """Those of the smallest area that anyone looks after; else those of the whole city; else all."""
    for place in places:
        if local := [one for one in pool if place in one.areas]:
            return local
    return [one for one in pool if not one.areas] or list(pool)


def _substitute(
    one: Candidate, away: dict[int, int | None], substitutes: dict[int, Candidate]
) -> Candidate | None:
    substitute_id = away.get(one.official_id)
    if substitute_id is None or substitute_id in away:
        return None
    return substitutes.get(substitute_id)
