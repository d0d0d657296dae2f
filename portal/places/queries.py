"""Which area a point lies in, and which one a name means."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import aliased

from portal.db import db
from portal.places import rules
from portal.places.models import Area
from portal.places.rules import Level
from portal.places.rules.names import Named, find

# An area without a boundary is found by its label point, up to the size of the largest ones at the coast.
FROM_LABEL_KM = 5.0
GPS_ERROR_M = 150  # between houses a phone is wrong by as much: just outside an edge is not outside the city
NEXT_DOOR_M = 400  # areas this near are offered beside the found one: boundaries are not exact
NEXT_DOOR = 3
NAMED_AT_MOST = 12
LONGEST_NAME = 100  # letters that are looked at

AreaRow = Row[*tuple[Any, ...]]  # code, name, level, district: names repeat, so the kecamatan comes along


@dataclass(frozen=True)
class Located:
    """The kelurahan that a point lies in, or just outside of by so many metres; None outside the city.
    `next_door` are the codes of those around it, the nearest first; not `is_drawn` is one without a
    boundary, found by its label point."""

    code: str | None = None
    metres: int = 0
    is_drawn: bool = True
    next_door: list[str] = field(default_factory=list)


def locate(lat: float, lon: float) -> Located:
    """Where a point (WGS 84 degrees) lies: a proposal that the resident can correct, since the boundaries'
    accuracy is unknown. One statement near imported boundaries, two elsewhere."""
    measured = sorted(
        (rules.metres_outside(area.boundary, lat, lon), area.code)
        for area in _drawn_around(lat, lon)
        if area.boundary
    )
    if measured and measured[0][0] <= GPS_ERROR_M:
        (metres, code), *others = measured
        near = [other for distance, other in others if distance <= NEXT_DOOR_M]
        return Located(code, round(metres), next_door=near[:NEXT_DOOR])
    return Located(rules.nearest(_labels_of_undrawn(), lat, lon, within_km=FROM_LABEL_KM), is_drawn=False)


def named(wanted: str) -> Sequence[AreaRow]:
    """Kelurahan and kecamatan by name in any usual spelling, best first. One statement: a city has a few
    hundred."""
    rows = {row.code: row for row in db.session.execute(_with_district())}
    areas = [Named(row.code, row.name, row.district or "") for row in rows.values()]
    return [rows[code] for code in find(wanted.strip()[:LONGEST_NAME], areas)[:NAMED_AT_MOST]]


def areas(codes: Sequence[str]) -> list[AreaRow]:
    """Areas by their codes, in that order; unknown ones are left out."""
    if not codes:
        return []
    rows = {row.code: row for row in db.session.execute(_with_district().where(Area.code.in_(codes)))}
    return [rows[code] for code in codes if code in rows]


def _with_district() -> Any:
    district = aliased(Area)
    return (
        select(Area.code, Area.name, Area.level, district.name.label("district"))
        .outerjoin(district, (district.code == Area.parent_code) & (Area.level == Level.VILLAGE))
        .where(Area.level != Level.CITY)
    )


def _drawn_around(lat: float, lon: float) -> Sequence[AreaRow]:
    """Kelurahan whose box comes near the point: few enough to look at their boundaries."""
    south, west, north, east = rules.box_around(lat, lon, NEXT_DOOR_M)
    return db.session.execute(
        select(Area.code, Area.boundary)
        .where(Area.level == Level.VILLAGE, Area.south <= north, Area.north >= south)
        .where(Area.west <= east, Area.east >= west)
    ).all()


def _labels_of_undrawn() -> list[tuple[str, float, float]]:
    rows = db.session.execute(
        select(Area.code, Area.label_lat, Area.label_lon).where(
            Area.level == Level.VILLAGE,
            Area.south.is_(None),
            Area.label_lat.is_not(None),
            Area.label_lon.is_not(None),
        )
    )
    return [(row.code, row.label_lat, row.label_lon) for row in rows]
