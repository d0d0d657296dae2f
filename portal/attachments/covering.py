"""Faces and plates in a photo, covered so that nothing brings them back.

Blurring and fine mosaics can be computed backwards where one knows what was written. Here a covered box keeps
a handful of colours, each rounded to one of eight shades: far fewer than there are faces or plates.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from PIL import Image

BLOCKS = 3  # along the longer side of a box
SHADE = 32  # of 256: eight shades of red, of green, of blue
COLUMNS = (12, 24)  # of the grid that is laid over a photo: for a finger, and finer
MAX_ROWS = 60


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a picture, its edges as shares of width and height from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells over a picture, about square, counted row by row from zero."""

    columns: int
    rows: int

    @classmethod
    def over(cls, width: int, height: int, *, columns: int = COLUMNS[0]) -> "Grid":
        return cls(columns, min(MAX_ROWS, max(1, round(columns * height / width))))

    def __len__(self) -> int:
        return self.columns * self.rows

    def boxes(self, cells: Iterable[int]) -> list[Box]:
        """The cells as boxes; numbers outside the grid are left out."""
        places = (divmod(cell, self.columns) for cell in cells if 0 <= cell < len(self))
        return [
            Box(column / self.columns, row / self.rows, (column + 1) / self.columns, (row + 1) / self.rows)
            for row, column in places
        ]


def pixelate(image: Image.Image, boxes: Collection[Box], *, blocks: int = BLOCKS) -> None:
    """Put a few flat squares in each box's place."""
    for box in boxes:
        edges = _pixels(box, *image.size)
        width, height = edges[2] - edges[0], edges[3] - edges[1]
        longer = max(width, height)
        few = (max(1, round(blocks * width / longer)), max(1, round(blocks * height / longer)))
        flat = image.crop(edges).resize(few, Image.Resampling.BOX)
        rounded = flat.point(lambda value: value // SHADE * SHADE + SHADE // 2)
        image.paste(rounded.resize((width, height), Image.Resampling.NEAREST), edges)


def _pixels(box: Box, width: int, height: int) -> tuple[int, int, int, int]:
    """Whole pixels, at least one, inside the picture."""
    left = min(max(0, int(box.left * width)), width - 1)
    top = min(max(0, int(box.top * height)), height - 1)
    right = min(max(left + 1, -int(-box.right * width // 1)), width)
    bottom = min(max(top + 1, -int(-box.bottom * height // 1)), height)
    return left, top, right, bottom
