"""Which cells of an edition's tables are named, and which are published together as "other"."""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TypeVar

from portal.withholding import MIN_CELL

Cell = TypeVar("Cell", bound=Hashable)


def unnamed(counters: Sequence[Mapping[Cell, int]], always: Collection[Cell] = ()) -> set[Cell]:
    """The cells to publish as one, so that no count below ten shows in any of the counters.

    The counters are columns of one table over the same cells, published with their totals. Of each
    column the joined cells are the rest that everybody can subtract: it must come from at least two of
    them and reach ten, or be nothing at all. Cells in `always` are never named.
    """
    joined = {cell for counter in counters for cell, n in counter.items() if 0 < n < MIN_CELL}
    joined |= {cell for counter in counters for cell, n in counter.items() if n and cell in always}
    size: Counter[Cell] = Counter()
    for counter in counters:
        size.update(counter)
    neighbours = sorted(
        (cell for cell in size if cell not in joined), key=lambda cell: (size[cell], str(cell))
    )
    for cell in neighbours:
        if all(_is_safe(joined, counter) for counter in counters):
            break
        joined.add(cell)
    return joined


def _is_safe(joined: Collection[Cell], counter: Mapping[Cell, int]) -> bool:
    hidden = [counter[cell] for cell in joined if counter.get(cell)]
    return not hidden or (len(hidden) >= 2 and sum(hidden) >= MIN_CELL)
