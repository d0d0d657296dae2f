"""Areas from a table, and their boundaries from a GeoJSON file."""

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from portal import tables
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _
from portal.places import rules
from portal.places.models import Area
from portal.places.rules import Level
from portal.tables import BadRow, Change, Outcome, Row

COLUMNS = ("code", "name", "level", "parent_code", "zone", "label_lat", "label_lon")
LEVELS = {
    "kota": Level.CITY,
    "kabupaten": Level.CITY,
    "kecamatan": Level.DISTRICT,
    "kelurahan": Level.VILLAGE,
    "gampong": Level.VILLAGE,
    "desa": Level.VILLAGE,
} | {level.value: level for level in Level}
CODE = re.compile(r"\d{2}\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?")


def read(path: Path) -> list[Row]:
    return tables.read(path, COLUMNS)


def import_areas(rows: Iterable[Row], *, advance: Callable[[], object] = lambda: None) -> Outcome:
    """Make or update areas. A parent must stand above its children or be there already."""
    return tables.bring_in(rows, _take, advance=advance)


def read_boundaries(path: Path) -> list[dict[str, Any]]:
    """The features of a GeoJSON file. Raises DomainError when it is none."""
    try:
        features: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    except (ValueError, KeyError, TypeError) as error:
        raise DomainError(_("Berkas ini bukan GeoJSON FeatureCollection.")) from error
    return features


def import_boundaries(
    features: Iterable[dict[str, Any]], *, advance: Callable[[], object] = lambda: None
) -> Outcome:
    """Give each area its boundary by `properties.code`; other cities' features are told and left out."""
    outcome = Outcome()
    for number, feature in enumerate(features, 1):
        try:
            outcome.counts[_bound(feature)] += 1
        except BadRow as error:
            outcome.bad.append(_("objek %(number)s: %(reason)s", number=number, reason=error))
        advance()
    db.session.flush()
    return outcome


def _take(row: Row) -> Change:
    code, level = _code(row)
    return tables.upsert(
        Area,
        {"code": code},
        {
            "name": tables.required(row, "name"),
            "level": level,
            "parent_code": _parent(row, code, level),
            "time_zone": _zone(row),
            "label_lat": _degrees(row, "label_lat", 90),
            "label_lon": _degrees(row, "label_lon", 180),
        },
    )


def _code(row: Row) -> tuple[str, Level]:
    code, level = tables.required(row, "code"), tables.choice(row, "level", LEVELS)
    if not CODE.fullmatch(code) or code.count(".") + 1 != rules.CODE_PARTS[level]:
        raise BadRow(_("kode %(code)s bukan kode wilayah untuk %(level)s", code=code, level=row["level"]))
    return code, level


def _parent(row: Row, code: str, level: Level) -> str | None:
    if level is Level.CITY:
        return None
    parent = tables.required(row, "parent_code")
    if parent != rules.parent_code(code):
        raise BadRow(_("kode %(code)s tidak berada di dalam %(parent)s", code=code, parent=parent))
    if db.session.get(Area, parent) is None:
        raise BadRow(_("kode wilayah %(code)s tidak dikenal", code=parent))
    return parent


def _zone(row: Row) -> str:
    zone = tables.required(row, "zone")
    try:
        return ZoneInfo(zone).key
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadRow(_("zona waktu %(zone)s tidak dikenal", zone=zone)) from error


def _degrees(row: Row, column: str, most: int) -> float | None:
    if not row[column]:
        return None
    try:
        degrees = float(row[column])
    except ValueError:
        degrees = float("nan")
    if not -most <= degrees <= most:
        raise BadRow(_("%(column)s %(value)s bukan derajat", column=column, value=repr(row[column])))
    return degrees


def _bound(feature: dict[str, Any]) -> Change:
    code = (feature.get("properties") or {}).get("code")
    area = db.session.get(Area, str(code)) if code else None
    if area is None:
        raise BadRow(_("kode wilayah %(code)s tidak dikenal", code=code))
    geometry = feature.get("geometry") or {}
    try:
        south, west, north, east = rules.box(geometry)
    except (ValueError, TypeError, LookupError) as error:
        raise BadRow(
            _("batas wilayah %(code)s tidak dapat dibaca: %(error)s", code=code, error=error)
        ) from error
    return tables.upsert(
        Area,
        {"code": area.code},
        {"boundary": geometry, "south": south, "west": west, "north": north, "east": east},
    )
