"""Agencies and officials from tables."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from portal import tables
from portal.db import db
from portal.i18n import _
from portal.organisation.models import Agency, Official, OfficialArea
from portal.organisation.rules import Rank
from portal.places.models import Area
from portal.tables import BadRow, Change, Outcome, Row

AGENCY_COLUMNS = (
    "code",
    "name",
    "kind",
    "valid_from",
    "valid_to",
    "successor_code",
    "calendar",
    "external",
    "contact",
)
OFFICIAL_COLUMNS = (
    "employee_number",
    "name",
    "email",
    "position",
    "rank",
    "agency_code",
    "supervisor_number",
    "area_codes",
    "active_from",
    "active_to",
)
YES_NO = {"1": True, "ya": True, "yes": True, "0": False, "tidak": False, "no": False, "": False}
RANKS = {"petugas": Rank.OFFICIAL, "atasan": Rank.SUPERVISOR, "kepala": Rank.HEAD} | {
    rank.value: rank for rank in Rank
}
EMPLOYEE_NUMBER = re.compile(r"\d{18}")  # NIP
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")

Advance = Callable[[], object]


def read_agencies(path: Path) -> list[Row]:
    return tables.read(path, AGENCY_COLUMNS)


def read_officials(path: Path) -> list[Row]:
    return tables.read(path, OFFICIAL_COLUMNS)


def import_agencies(rows: Iterable[Row], *, advance: Advance = lambda: None) -> Outcome:
    """Make or update agencies. A successor may stand anywhere in the table."""
    rows = list(rows)
    known = {row["code"] for row in rows} | set(db.session.scalars(db.select(Agency.code)))
    outcome = tables.bring_in(rows, lambda row: _take_agency(row, known), advance=advance)
    agencies = {agency.code: agency for agency in db.session.scalars(db.select(Agency))}
    for row in rows:
        if row["code"] in agencies:
            successor = agencies.get(row["successor_code"])
            agencies[row["code"]].successor_id = successor.id if successor else None
    db.session.flush()
    return outcome


def import_officials(rows: Iterable[Row], *, advance: Advance = lambda: None) -> Outcome:
    """Make or update officials. A supervisor may stand anywhere in the table."""
    rows = list(rows)
    supervisors = {row["employee_number"]: row["supervisor_number"] for row in rows}
    known = set(supervisors) | set(db.session.scalars(db.select(Official.employee_number)))
    outcome = tables.bring_in(rows, lambda row: _take_official(row, supervisors, known), advance=advance)
    found = {
        official.employee_number: official
        for official in db.session.scalars(db.select(Official).where(Official.employee_number.is_not(None)))
    }
    for number, above in supervisors.items():
        if number in found:
            leader = found.get(above)
            found[number].supervisor_id = leader.id if leader else None
    db.session.flush()
    return outcome


def _take_agency(row: Row, known: set[str]) -> Change:
    code = tables.required(row, "code")
    valid_from, valid_to = tables.required_day(row, "valid_from"), tables.day(row, "valid_to")
    if valid_to is not None and valid_to < valid_from:
        raise BadRow(_("valid_to mendahului valid_from"))
    if row["successor_code"] and (row["successor_code"] not in known or row["successor_code"] == code):
        raise BadRow(_("kode dinas %(code)s tidak dikenal", code=row["successor_code"]))
    return tables.upsert(
        Agency,
        {"code": code},
        {
            "name": tables.required(row, "name"),
            "kind": tables.required(row, "kind"),
            "valid_from": valid_from,
            "valid_to": valid_to,
            "calendar_key": row["calendar"] or "five_day",
            "is_external": tables.choice(row, "external", YES_NO),
            "contact": row["contact"],
        },
    )


def _take_official(row: Row, supervisors: dict[str, str], known: set[str | None]) -> Change:
    number = tables.required(row, "employee_number")
    if not EMPLOYEE_NUMBER.fullmatch(number):
        raise BadRow(_("NIP %(number)s tidak terdiri atas 18 angka", number=number))
    _check_supervisor(number, supervisors, known)
    areas = _areas(row)
    change = tables.upsert(
        Official,
        {"employee_number": number},
        {
            "name": tables.required(row, "name"),
            "email": _email(row),
            "position": tables.required(row, "position"),
            "rank": tables.choice(row, "rank", RANKS),
            "agency_id": _agency(row).id,
            "active_from": tables.required_day(row, "active_from"),
            "active_to": tables.day(row, "active_to"),
        },
    )
    return _look_after(number, areas, change)


def _check_supervisor(number: str, supervisors: dict[str, str], known: set[str | None]) -> None:
    above = supervisors[number]
    if above and above not in known:
        raise BadRow(_("NIP atasan %(number)s tidak dikenal", number=above))
    seen = {number}
    while above:
        if above in seen:
            raise BadRow(_("NIP %(number)s menjadi atasan dirinya sendiri", number=number))
        seen.add(above)
        above = supervisors.get(above, "")


def _agency(row: Row) -> Agency:
    code = tables.required(row, "agency_code")
    agency: Agency | None = db.session.scalar(db.select(Agency).filter_by(code=code))
    if agency is None:
        raise BadRow(_("kode dinas %(code)s tidak dikenal", code=code))
    return agency


def _email(row: Row) -> str | None:
    if row["email"] and not EMAIL.fullmatch(row["email"]):
        raise BadRow(_("alamat surel %(email)s tidak lengkap", email=row["email"]))
    return row["email"].casefold() or None


def _areas(row: Row) -> set[str]:
    codes = {code.strip() for code in row["area_codes"].split(";") if code.strip()}
    for code in sorted(codes):
        if db.session.get(Area, code) is None:
            raise BadRow(_("kode wilayah %(code)s tidak dikenal", code=code))
    return codes


def _look_after(number: str, areas: set[str], change: Change) -> Change:
    """Bring the areas of an official in line with the table."""
    official = db.session.scalars(db.select(Official).filter_by(employee_number=number)).one()
    present = {row.area_code for row in official.area_rows}
    if present == areas:
        return change
    official.area_rows = [row for row in official.area_rows if row.area_code in areas] + [
        OfficialArea(area_code=code) for code in sorted(areas - present)
    ]
    return change if change is Change.CREATED else Change.UPDATED
