"""What can be brought in: the shipped calendars and policy, and holidays from a decree."""

import csv
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from portal.db import db
from portal.deadlines import defaults, queries, services
from portal.deadlines.models import Calendar, CalendarVersion, PolicyVersion
from portal.deadlines.rules.calendar import OffKind
from portal.errors import DomainError
from portal.i18n import _l

COLUMNS = ("date", "kind", "name")
KINDS = {  # as decrees and spreadsheets spell them
    "libur_nasional": OffKind.NATIONAL,
    "cuti_bersama": OffKind.JOINT_LEAVE,
    "libur_daerah": OffKind.CLOSURE,
} | {kind.value: kind for kind in (OffKind.NATIONAL, OffKind.JOINT_LEAVE, OffKind.CLOSURE)}


def seed(*, zone: str, at: datetime) -> None:
    """The shipped calendars and policy, where there are none yet."""
    present = set(db.session.scalars(select(Calendar.key)))
    for place, (key, name) in enumerate(defaults.calendar_keys().items()):
        if key not in present:
            calendar = services.add_calendar(key, name, is_city=place == 0)
            services.import_calendar_version(calendar, defaults.calendar_document(key, zone), at=at)
    if db.session.scalar(select(PolicyVersion.id).limit(1)) is None:
        services.import_policy_version(defaults.policy_document(), at=at)


def read_holidays(lines: Iterable[str]) -> tuple[list[dict[str, str]], list[str]]:
    """Holidays from CSV lines with the columns date, kind, name; and a sentence for each bad line."""
    reader = csv.DictReader(lines)
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise DomainError(_l("Kolom ini tidak ada: %(names)s.", names=", ".join(missing)))
    rows, bad = [], []
    for number, row in enumerate(reader, 2):
        try:
            rows.append(_holiday(row))
        except ValueError as error:
            bad.append(f"{number}: {error}")
    return rows, bad


def import_holidays(
    calendar: Calendar,
    holidays: list[dict[str, str]],
    *,
    at: datetime,
    decree: str = "",
    decree_on: date | None = None,
    note: str = "",
) -> CalendarVersion:
    """A new version of a calendar with these days off, see `with_holidays`."""
    document = with_holidays(queries.calendar_versions(calendar.key)[0].document, holidays)
    return services.import_calendar_version(
        calendar, document, at=at, decree=decree, decree_on=decree_on, note=note
    )


def with_holidays(present: dict[str, Any], holidays: list[dict[str, str]]) -> dict[str, Any]:
    """A calendar's document with these days off; it covers the last year that they name.

    The national holidays and joint leave of a year replace that year's old ones; local closures are
    added. Raises DomainError for a list that looks like a part of a year: taking the rest of the year's
    holidays away would move due times to earlier.
    """
    if not holidays:
        raise DomainError(_l("Daftar hari libur ini kosong."))
    fresh_years = {row["on"][:4] for row in holidays if row["kind"] != OffKind.CLOSURE}
    for year in sorted(fresh_years):
        _refuse_part_of_year(year, _decreed(present["holidays"], year), _decreed(holidays, year))
    dates = {row["on"] for row in holidays}
    kept = [
        row
        for row in present["holidays"]
        if row["on"] not in dates and (row["kind"] == OffKind.CLOSURE or row["on"][:4] not in fresh_years)
    ]
    return present | {
        "holidays": sorted([*kept, *holidays], key=lambda row: row["on"]),
        "covered_to": max(present["covered_to"], f"{max(dates)[:4]}-12-31"),
    }


def _decreed(rows: list[dict[str, str]], year: str) -> int:
    """How many national holidays and days of joint leave a year has."""
    return sum(row["on"].startswith(year) and row["kind"] != OffKind.CLOSURE for row in rows)


def _refuse_part_of_year(year: str, present_count: int, fresh_count: int) -> None:
    if 2 * fresh_count < present_count:
        raise DomainError(
            _l(
                "Daftar tahun %(year)s hanya berisi %(fresh)s hari libur, padahal kalender berisi "
                "%(present)s. Untuk mengubah satu hari saja, sunting kalendernya.",
                year=year,
                fresh=fresh_count,
                present=present_count,
            )
        )


def read_file(path: Path) -> tuple[list[dict[str, str]], list[str]]:
    """Like `read_holidays`, from a file."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return read_holidays(lines)


def _holiday(row: dict[str, Any]) -> dict[str, str]:
    kind = KINDS.get((row["kind"] or "").strip())
    if kind is None:
        raise ValueError(f"kind {row['kind']!r} is none of {', '.join(KINDS)}")
    on = date.fromisoformat((row["date"] or "").strip())
    name = (row["name"] or "").strip()
    if not name:
        raise ValueError("the name is missing")
    return {"on": on.isoformat(), "kind": kind.value, "name": name}
