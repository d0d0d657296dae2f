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
    covered_to: date | None = None,
    decree: str = "",
    decree_on: date | None = None,
    note: str = "",
) -> CalendarVersion:
    """A new version of a calendar: in each year that the list names, its holidays replace the old ones;
    local closures stay. `covered_to` moves the horizon, by default to the end of the last year."""
    newest = queries.calendar_versions(calendar.key)[0]
    document = with_holidays(newest.document, holidays, covered_to=covered_to)
    return services.import_calendar_version(
        calendar, document, at=at, decree=decree, decree_on=decree_on, note=note
    )


def with_holidays(
    document: dict[str, Any], holidays: list[dict[str, str]], *, covered_to: date | None = None
) -> dict[str, Any]:
    """The calendar's document as the list changes it."""
    years = {row["on"][:4] for row in holidays}
    if not years:
        raise DomainError(_l("Daftar hari libur ini kosong."))
    last = covered_to or date(int(max(years)), 12, 31)
    kept = _kept(document["holidays"], years, holidays)
    return document | {
        "holidays": sorted([*holidays, *kept], key=lambda row: row["on"]),
        "covered_to": max(document["covered_to"], last.isoformat()),
    }


def read_file(path: Path) -> tuple[list[dict[str, str]], list[str]]:
    """Like `read_holidays`, from a file."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return read_holidays(lines)


def _kept(
    present: list[dict[str, str]], years: set[str], fresh: list[dict[str, str]]
) -> list[dict[str, str]]:
    replaced = {row["on"] for row in fresh}
    return [
        row
        for row in present
        if row["on"][:4] not in years or (row["kind"] == OffKind.CLOSURE and row["on"] not in replaced)
    ]


def _holiday(row: dict[str, Any]) -> dict[str, str]:
    kind = KINDS.get((row["kind"] or "").strip())
    if kind is None:
        raise ValueError(f"kind {row['kind']!r} is none of {', '.join(KINDS)}")
    on = date.fromisoformat((row["date"] or "").strip())
    name = (row["name"] or "").strip()
    if not name:
        raise ValueError("the name is missing")
    return {"on": on.isoformat(), "kind": kind.value, "name": name}
