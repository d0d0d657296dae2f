"""Tables as CSV that a spreadsheet may open: machine-readable values, and nothing that it would run."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run what begins like this


def table(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A CSV file's text; what is unknown or withheld is an empty cell."""
    return "".join(lines(headings, rows))


def lines(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The same line by line, for files that are sent while they are read."""
    for row in chain([headings], rows):
        text = io.StringIO()
        csv.writer(text).writerow([_cell(value) for value in row])
        yield text.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(round(value, 6))
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text
