"""A drawing's squares, where pins stand in them, and what becomes of a pin.

Places are in per mille of the drawing's width and height, from its upper left corner; so they mean the
same however large the drawing is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

COLUMNS = "ABCDEFGHIJKL"
ROWS = range(1, 9)
SQUARES = len(COLUMNS) * len(ROWS)
WHOLE = 1000  # per mille
MARKS = 100  # drawn at once; more than a hundred hide the plan from whoever looks at it
MARGIN = 0.25  # of a square, on each side of a square that is shown enlarged
BODY_LENGTH = 2000
REASON_LENGTH = 1000
TITLE_LENGTH = 120
NOTE_LENGTH = 2000
_GOLDEN = (0.754877, 0.569840)  # steps of the R2 sequence: the next spot is far from all before


class PinKind(StrEnum):
    """What somebody wants to say with a pin."""

    LIKE = "like"
    WORRY = "worry"
    IDEA = "idea"
    QUESTION = "question"


class Fate(StrEnum):
    """What the next version of the drawing did with a pin; WAITING until there is a next one."""

    WAITING = "waiting"
    RESOLVED = "resolved"
    STILL_OPEN = "still_open"
    NO_LONGER_FITS = "no_longer_fits"


VERDICTS = tuple(fate for fate in Fate if fate != Fate.WAITING)
ANSWERED = frozenset({Fate.RESOLVED, Fate.NO_LONGER_FITS})  # these are not carried on


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the drawing, in per mille."""

    left: float
    top: float
    width: float
    height: float

    def place_in(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the drawing stands in this part, as shares of its width and height."""
        return (x - self.left) / self.width, (y - self.top) / self.height


ALL = Box(0, 0, WHOLE, WHOLE)


def square_at(x: int, y: int) -> int:
    """The square that holds a point; squares are counted by rows, from 0."""
    column = min(x * len(COLUMNS) // WHOLE, len(COLUMNS) - 1)
    row = min(y * len(ROWS) // WHOLE, len(ROWS) - 1)
    return row * len(COLUMNS) + column


def square_name(square: int) -> str:
    """C4: the column's letter and the row's number."""
    row, column = divmod(square, len(COLUMNS))
    return f"{COLUMNS[column]}{ROWS[row]}"


def square_named(name: str) -> int | None:
    """The square of that name, however it is typed; None when there is none."""
    return _BY_NAME.get(name.strip().upper())


_BY_NAME = {square_name(square): square for square in range(SQUARES)}


def box_of(square: int) -> Box:
    row, column = divmod(square, len(COLUMNS))
    width, height = WHOLE / len(COLUMNS), WHOLE / len(ROWS)
    return Box(column * width, row * height, width, height)


def enlarged(square: int) -> Box:
    """A square with a margin around it, inside the drawing."""
    box = box_of(square)
    width, height = box.width * (1 + 2 * MARGIN), box.height * (1 + 2 * MARGIN)
    left = min(max(box.left - box.width * MARGIN, 0), WHOLE - width)
    top = min(max(box.top - box.height * MARGIN, 0), WHOLE - height)
    return Box(left, top, width, height)


def around(x: int, y: int) -> Box:
    """Three squares by three around a point, inside the drawing."""
    width, height = 3 * WHOLE / len(COLUMNS), 3 * WHOLE / len(ROWS)
    left = min(max(x - width / 2, 0), WHOLE - width)
    top = min(max(y - height / 2, 0), WHOLE - height)
    return Box(left, top, width, height)


def spot(square: int, taken: int) -> tuple[int, int]:
    """A free place in a square that was chosen without a point: the middle first, then around it."""
    box = box_of(square)
    across, down = ((0.5 + step * taken) % 1 for step in _GOLDEN)
    # Away from the lines, so that a pin is not taken for the neighbour's.
    return (
        round(box.left + box.width * (0.15 + 0.7 * across)),
        round(box.top + box.height * (0.15 + 0.7 * down)),
    )


@dataclass(frozen=True, slots=True)
class Clusters:
    """How many pins are drawn as one mark, by square, and the squares whose only pin is drawn itself."""

    counts: dict[int, int]
    alone: tuple[int, ...]


def clusters(counts: Mapping[int, int]) -> Clusters | None:
    """Marks for a whole drawing with so many pins in each square; None when all pins can be drawn."""
    if sum(counts.values()) <= MARKS:
        return None
    alone = tuple(square for square, count in counts.items() if count == 1)
    return Clusters({square: count for square, count in counts.items() if count > 1}, alone)
