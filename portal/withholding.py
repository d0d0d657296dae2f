"""Which cells of a published table are withheld, so that no small group shows through."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

MIN_CELL = 10  # matters
MIN_PEOPLE = 5  # persons

Cell = TypeVar("Cell", bound=Hashable)


def withheld(counts: Mapping[Cell, int], minimum: int = MIN_CELL) -> set[Cell]:
    """The cells to withhold from a one-way table that is published with its total.

    Primary suppression takes every cell below `minimum` except zero, behind which nobody stands.
    The total minus the published cells gives the sum of the withheld ones, so complementary
    suppression adds the smallest published cells until at least two are withheld and their sum
    reaches `minimum` (Hundepool and others, Statistical Disclosure Control, 4.3). Where no
    neighbour is left the total itself is below `minimum`, and withheld like any other figure.
    """
    hidden = {cell for cell, n in counts.items() if 0 < n < minimum}
    if not hidden:
        return set()
    neighbours = sorted((n, position) for position, n in enumerate(counts.values()) if n >= minimum)
    cells = list(counts)
    for _, position in neighbours:
        if _is_safe(hidden, counts, minimum):
            break
        hidden.add(cells[position])
    return hidden


def _is_safe(hidden: set[Cell], counts: Mapping[Cell, int], minimum: int) -> bool:
    return len(hidden) >= 2 and sum(counts[cell] for cell in hidden) >= minimum
