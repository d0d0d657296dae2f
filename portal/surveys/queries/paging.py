"""Lists that are read page by page."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple


class Page(NamedTuple):
    """Some rows, and where the next ones begin (None at the end)."""

    rows: Sequence[Any]
    next_key: str | None


def page(rows: Sequence[Any], size: int, key: Callable[[Any], str]) -> Page:
    """A page of rows that were asked for with one row more than it shows."""
    shown = rows[:size]
    return Page(shown, key(shown[-1]) if len(rows) > size else None)
