"""The published cases: rows without a number, a name or a moment, from which every figure is computed."""

import csv
import io
from collections.abc import Iterable
from typing import Any, NamedTuple, TypeVar, get_type_hints

from portal.errors import DomainError
from portal.i18n import _l

OTHER = "other"  # cells too small to be named, together
NONE = "none"  # no agency had it yet
EVENT, COMPETING, WAITING, WITHHELD = "event", "competing", "waiting", "withheld"
ON_TIME, MET_LATE, UNMET = "on_time", "met_late", "unmet"
OUTCOMES = ("response", "closure", "lasting", "working_response", "working_closure")


class CaseRow(NamedTuple):
    """A matter. Each of the five times has an outcome (or the reason for leaving it out) and minutes."""

    month: str  # of receipt
    in_period: int  # received in it: the cohort of the times
    agency: str
    answered_by: str
    closed_by: str
    category: str
    ending: str
    imported: int
    response: str
    response_minutes: int | None
    closure: str
    closure_minutes: int | None
    lasting: str
    lasting_minutes: int | None
    working_response: str
    working_response_minutes: int | None
    working_closure: str
    working_closure_minutes: int | None
    answered_in_period: int
    closures_in_period: int
    failed_closures_in_period: int
    closures: int
    withdrawn_in_period: int
    open_at_end: int
    overdue_at_end: int
    age_days: int | None
    disposed: int
    transfers: int
    paused: int
    extended: int


class StageRow(NamedTuple):
    """A stage that fell due. `in_city` and `in_agency` say where it is the first of its matter, which is
    counted once; the due times are the one that counts and the one before extensions."""

    stage: str
    agency: str
    category: str
    in_city: int
    in_agency: int
    extended: str
    original: str


class RatingRow(NamedTuple):
    """A resident's verdict on a closure."""

    solved: int
    stars: int | None


FILES: dict[str, type[Any]] = {"cases.csv": CaseRow, "stages.csv": StageRow, "ratings.csv": RatingRow}
Row = TypeVar("Row", CaseRow, StageRow, RatingRow)


def write(kind: type[Row], rows: Iterable[Row]) -> str:
    """A CSV file, its rows in the order of what stands in them: nothing tells which came first."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(kind._fields)
    writer.writerows(sorted(["" if value is None else str(value) for value in row] for row in rows))
    return text.getvalue()


def read(kind: type[Row], text: str) -> list[Row]:
    """The rows of a file. Raises DomainError when it is not one of ours."""
    reader = csv.reader(io.StringIO(text))
    types = [get_type_hints(kind)[name] for name in kind._fields]
    try:
        if tuple(next(reader)) != kind._fields:
            raise ValueError("other columns")
        return [kind(*(_value(*cell) for cell in zip(types, row, strict=True))) for row in reader]
    except (ValueError, StopIteration, TypeError) as error:
        raise DomainError(_l("Berkas kasus ini tidak dapat dibaca.")) from error


def _value(kind: Any, text: str) -> Any:
    if kind is str:
        return text
    return None if text == "" and kind is not int else int(text)
