"""Rows of any other system's CSV, by a small file that names its columns.

The file (TOML) says, for example:

    source = "boston311"
    utc_offset = "-05:00"            # zone of times that carry none
    time_format = "%Y-%m-%d %H:%M:%S"

    [columns]                        # our word = the file's column
    id = "case_enquiry_id"
    received_at = "open_dt"
    due_at = "sla_target_dt"
    closed_at = "closed_dt"
    agency = "department"

    [only]                           # rows to take; the others are left out, not rejected
    sample = "mixed_2015_2024_closed"
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from pathlib import Path
from typing import Any

from portal.errors import DomainError
from portal.reports.importers.case import NO_ANSWER_TIMES, NO_CLOSING_TIMES, BadRow, ImportedCase
from portal.reports.importers.outcomes import Why
from portal.reports.rules import Ending, ReportKind, ReportState

COLUMNS = frozenset(
    {"id", "received_at", "answered_at", "due_at", "closed_at", "kind", "title", "text", "category", "agency"}
    | {"district", "village", "lat", "lon"}
)


@dataclass(frozen=True)
class OpenCsv:
    """What the file of columns says, checked."""

    source: str
    zone: tzinfo
    time_format: str
    columns: Mapping[str, str]
    only: Mapping[str, str]

    @classmethod
    def load(cls, path: Path, zone: tzinfo) -> "OpenCsv":
        """Read the file; `zone` is for files that name none. Raises DomainError when it is wrong."""
        try:
            document = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise DomainError(f"Berkas kolom {path} tidak dapat dibaca: {error}") from error
        columns = document.get("columns", {})
        if unknown := sorted(set(columns) - COLUMNS):
            raise DomainError(f"Berkas kolom {path}: {', '.join(unknown)} tidak dikenal")
        if missing := sorted({"id", "received_at"} - set(columns)) or (
            [] if "source" in document else ["source"]
        ):
            raise DomainError(f"Berkas kolom {path}: {', '.join(missing)} belum diisi")
        offset = document.get("utc_offset")
        return cls(
            source=document["source"],
            zone=_offset(offset, path) if offset else zone,
            time_format=document.get("time_format", "%Y-%m-%d %H:%M:%S"),
            columns=columns,
            only=document.get("only", {}),
        )

    def wants(self, row: Mapping[str, str]) -> bool:
        """Is the row one of those to take?"""
        return all(row.get(column) == value for column, value in self.only.items())

    def read(self, row: Mapping[str, str]) -> ImportedCase:
        """The row as a case. Raises BadRow with the reason."""
        received_at, closed_at = self._moment(row, "received_at"), self._moment(row, "closed_at")
        if received_at is None:
            raise BadRow(Why.RECEIVED_EMPTY)
        if closed_at is not None and closed_at < received_at:
            raise BadRow(Why.CLOSED_BEFORE_RECEIVED)
        source_id = self._text(row, "id")
        if not source_id:
            raise BadRow(Why.SOURCE_ID_EMPTY)
        closing: dict[str, Any] = {}
        if closed_at is not None:
            closing = {"state": ReportState.CLOSED, "ending": Ending.CLOSED_AT_SOURCE, "ended_at": closed_at}
        return ImportedCase(
            source_id=source_id,
            received_at=received_at,
            kind=self._kind(row),
            title=self._text(row, "title"),
            text=self._text(row, "text"),
            public_text=self._text(row, "text"),
            category=self._text(row, "category"),
            agency=self._text(row, "agency"),
            district=self._text(row, "district"),
            village=self._text(row, "village"),
            lat=self._number(row, "lat"),
            lon=self._number(row, "lon"),
            answered_at=self._moment(row, "answered_at"),
            due_at=self._moment(row, "due_at"),
            closed_at=closed_at,
            response_exclusion=None if "answered_at" in self.columns else NO_ANSWER_TIMES,
            resolution_exclusion=None if "closed_at" in self.columns else NO_CLOSING_TIMES,
            **closing,
        )

    def _text(self, row: Mapping[str, str], word: str) -> str:
        return (row.get(self.columns.get(word, "")) or "").strip()

    def _moment(self, row: Mapping[str, str], word: str) -> datetime | None:
        text = self._text(row, word)
        if not text:
            return None
        try:
            moment = datetime.strptime(text, self.time_format)  # noqa: DTZ007  # the zone is added below
        except ValueError:
            raise BadRow(
                Why.NOT_A_TIME, column=self.columns[word], text=text, format=self.time_format
            ) from None
        return moment if moment.tzinfo else moment.replace(tzinfo=self.zone)

    def _number(self, row: Mapping[str, str], word: str) -> float | None:
        text = self._text(row, word)
        try:
            return float(text) if text else None
        except ValueError:
            raise BadRow(Why.NOT_A_NUMBER, column=self.columns[word], text=text) from None

    def _kind(self, row: Mapping[str, str]) -> ReportKind:
        text = self._text(row, "kind")
        try:
            return ReportKind(text) if text else ReportKind.COMPLAINT
        except ValueError:
            raise BadRow(Why.UNKNOWN_VALUE, column="kind", text=text) from None


def _offset(text: str, path: Path) -> tzinfo:
    try:
        sign, hours, minutes = text[0], int(text[1:3]), int(text[4:6])
        return timezone({"+": 1, "-": -1}[sign] * timedelta(hours=hours, minutes=minutes))
    except (ValueError, KeyError, IndexError):
        raise DomainError(f"Berkas kolom {path}: utc_offset {text!r} bukan seperti +07:00") from None
