"""Which area a point lies in."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, func

from portal.db import db
from portal.places import rules
from portal.places.models import Area
from portal.places.rules import Level

# A label point stands for its kelurahan up to the size of the largest ones at the coast.
FROM_LABEL_KM = 5.0
# Boundaries leave slivers between neighbours; further out the point lies outside the city.
FROM_LABEL_WITH_BOUNDARIES_KM = 1.0


def area_at(lat: float, lon: float) -> Area | None:
    """The kelurahan that a point (WGS 84 degrees) lies in; None outside the city.

    Where no boundaries were imported it is the one with the nearest label point: a proposal that the
    resident can correct.
    """
    for code in _codes_around(lat, lon):
        area = db.session.get_one(Area, code)
        if area.boundary and rules.contains(area.boundary, lat, lon):
            return area
    within_km = FROM_LABEL_WITH_BOUNDARIES_KM if _has_boundaries() else FROM_LABEL_KM
    labels = [(row.code, row.label_lat, row.label_lon) for row in _label_points()]
    nearest = rules.nearest(labels, lat, lon, within_km=within_km)
    return db.session.get(Area, nearest) if nearest else None


def _codes_around(lat: float, lon: float) -> Sequence[str]:
    """Kelurahan whose box holds the point: few enough to look at their boundaries."""
    return db.session.scalars(
        db.select(Area.code)
        .where(Area.level == Level.VILLAGE, Area.south <= lat, Area.north >= lat)
        .where(Area.west <= lon, Area.east >= lon)
        .order_by(Area.code)
    ).all()


def _has_boundaries() -> bool:
    count = db.session.scalar(db.select(func.count(Area.south)).where(Area.level == Level.VILLAGE))
    return bool(count)


def _label_points() -> Sequence[Row[Any]]:
    return db.session.execute(
        db.select(Area.code, Area.label_lat, Area.label_lon).where(
            Area.level == Level.VILLAGE, Area.label_lat.is_not(None), Area.label_lon.is_not(None)
        )
    ).all()
