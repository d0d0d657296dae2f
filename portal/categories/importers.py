"""Categories from a table."""

from collections.abc import Callable, Iterable
from pathlib import Path

from portal import tables
from portal.categories.models import Category
from portal.categories.rules import CategoryClass
from portal.tables import Change, Outcome, Row

COLUMNS = ("code", "name_id", "name_en", "class", "group", "description_id", "description_en")
CLASSES = {  # as the national system calls them
    "tidak_berkadar": CategoryClass.ORDINARY,
    "berkadar": CategoryClass.SUPERVISORY,
    "rahasia": CategoryClass.CONFIDENTIAL,
    "darurat": CategoryClass.EMERGENCY,
} | {one.value: one for one in CategoryClass}


def read(path: Path) -> list[Row]:
    return tables.read(path, COLUMNS)


def import_categories(rows: Iterable[Row], *, advance: Callable[[], object] = lambda: None) -> Outcome:
    """Make or update categories; they are shown in the order of the table."""
    rows = list(rows)
    positions = {row["code"]: position for position, row in enumerate(rows, 1)}
    return tables.bring_in(rows, lambda row: _take(row, positions[row["code"]]), advance=advance)


def _take(row: Row, position: int) -> Change:
    return tables.upsert(
        Category,
        {"code": tables.required(row, "code")},
        {
            "name_id": tables.required(row, "name_id"),
            "name_en": tables.required(row, "name_en"),
            "description_id": row["description_id"],
            "description_en": row["description_en"],
            "group": row["group"] or "other",
            "category_class": tables.choice(row, "class", CLASSES),
            "position": position,
        },
    )
