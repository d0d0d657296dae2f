"""The next version of a calendar while it is being written, and what it would change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.administration import effects, office_hours
from portal.administration.effects import Effect
from portal.deadlines import importers
from portal.deadlines import services as deadlines
from portal.deadlines.models import Calendar
from portal.deadlines.rules.calendar import Calendar as OfficeCalendar
from portal.deadlines.rules.calendar import Holiday, Regime
from portal.deadlines.services import previews
from portal.errors import DomainError
from portal.i18n import _l

Document = dict[str, Any]


@dataclass(frozen=True)
class Changes:
    """What a draft changes: days that come and go, other hours, and the open matters that move."""

    added: list[Holiday]
    removed: list[Holiday]
    has_other_week: bool
    regimes: list[Regime]  # new ones, or with other days or hours
    effect: Effect


def draft(
    document: Document,
    *,
    added: dict[str, str] | None = None,
    removed: Iterable[str] = (),
    table: str = "",
    week: dict[str, str] | None = None,
    regimes: str | None = None,
) -> Document:
    """The document as the form changes it; `table` is CSV of whole years, `week` hours by weekday,
    `regimes` lines as office_hours.py reads them. Raises DomainError with its field."""
    gone = set(removed)
    revised = document | {"holidays": [row for row in document["holidays"] if row["on"] not in gone]}
    if table.strip():
        revised = importers.with_holidays(revised, _read_table(table))
    if added is not None:
        if any(row["on"] == added["on"] for row in revised["holidays"]):
            raise DomainError(_l("Tanggal ini sudah tercatat sebagai hari libur."), field="on")
        revised |= {"holidays": sorted([*revised["holidays"], added], key=lambda row: row["on"])}
    if week is not None:
        revised |= {"week": office_hours.read_week(week)}
    if regimes is not None:
        revised |= {"regimes": office_hours.read_periods(regimes, revised)}
    return revised


def changes(calendar: Calendar, document: Document, *, at: datetime) -> Changes:
    """What the draft would change and move, without changing anything. Raises DomainError."""
    deadlines.check_calendar(calendar, document)
    drafted = deadlines.read_calendar(document)
    present = OfficeCalendar.from_document(calendar.versions[-1].document)
    return Changes(
        added=_only(drafted, present),
        removed=_only(present, drafted),
        has_other_week=drafted.week != present.week,
        regimes=[regime for regime in drafted.regimes if regime not in present.regimes],
        effect=effects.told(previews.of_calendar(calendar, drafted, at=at)),
    )


def _only(one: OfficeCalendar, other: OfficeCalendar) -> list[Holiday]:
    return [row for day, row in sorted(one.holidays.items()) if other.holidays.get(day) != row]


def _read_table(table: str) -> list[dict[str, str]]:
    rows, bad = importers.read_holidays(table.splitlines())
    if bad:
        raise DomainError(_l("Ada baris yang belum benar: %(lines)s", lines="; ".join(bad[:5])), field="file")
    return rows
