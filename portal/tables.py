"""Bring in a table row by row: a bad row is told with its line and reason, and the others go on."""

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from portal.db import Model, db
from portal.errors import DomainError
from portal.i18n import _

Row = Mapping[str, str]
FIRST_LINE = 2  # line 1 names the columns


class BadRow(Exception):
    """Why a row was left out, in words for whoever keeps the file."""


class Change(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass
class Outcome:
    """What an import did. `bad` has one sentence for each row left out, with its line."""

    counts: dict[Change, int] = field(default_factory=lambda: dict.fromkeys(Change, 0))
    bad: list[str] = field(default_factory=list)


def read(path: Path, columns: Iterable[str]) -> list[Row]:
    """The rows of a CSV file with these columns, spaces trimmed. Raises DomainError when it is none."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, restval="")
            missing = [name for name in columns if name not in (reader.fieldnames or ())]
            if missing:
                raise DomainError(_("Kolom ini tidak ada: %(names)s.", names=", ".join(missing)))
            return [{name: value.strip() for name, value in row.items() if name} for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise DomainError(_("Berkas ini bukan CSV dengan huruf UTF-8.")) from error


def bring_in(
    rows: Iterable[Row],
    take: Callable[[Row], Change],
    *,
    advance: Callable[[], object] = lambda: None,
) -> Outcome:
    """`take` each row; it raises BadRow before it changes anything. `advance` is called after each."""
    outcome = Outcome()
    for line, row in enumerate(rows, FIRST_LINE):
        try:
            outcome.counts[take(row)] += 1
        except BadRow as error:
            outcome.bad.append(_("baris %(line)s: %(reason)s", line=line, reason=error))
        advance()
    db.session.flush()
    return outcome


def upsert(model: type[Model], key: Mapping[str, Any], values: Mapping[str, Any]) -> Change:
    """Make the thing with this key, or bring it in line with the values; twice is as good as once."""
    found = db.session.scalar(db.select(model).filter_by(**key))
    if found is None:
        db.session.add(model(**key, **values))
        db.session.flush()
        return Change.CREATED
    changed = {name: value for name, value in values.items() if getattr(found, name) != value}
    for name, value in changed.items():
        setattr(found, name, value)
    return Change.UPDATED if changed else Change.UNCHANGED


def required(row: Row, column: str) -> str:
    """The text of a column that must not be empty."""
    if not row[column]:
        raise BadRow(_("kolom %(column)s kosong", column=column))
    return row[column]


def choice(row: Row, column: str, choices: Mapping[str, Any]) -> Any:
    """What a column's word stands for; upper and lower case are the same."""
    found = choices.get(row[column].casefold())
    if found is None:
        known = ", ".join(choices)
        raise BadRow(
            _(
                "%(column)s %(value)s tidak dikenal, pilih salah satu: %(known)s",
                column=column,
                value=repr(row[column]),
                known=known,
            )
        )
    return found


def required_day(row: Row, column: str) -> date:
    """An ISO date that must be there."""
    try:
        return date.fromisoformat(required(row, column))
    except ValueError as error:
        raise BadRow(
            _("%(column)s %(value)s bukan tanggal TTTT-BB-HH", column=column, value=repr(row[column]))
        ) from error


def day(row: Row, column: str) -> date | None:
    """An ISO date; None when the column is empty."""
    return required_day(row, column) if row[column] else None
