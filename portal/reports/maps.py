"""Reports and areas for the map, and the same as a list for those without it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import Row, select

from portal.db import db
from portal.i18n import ngettext
from portal.places.models import Area
from portal.places.rules import Level
from portal.reports import listing
from portal.reports.rules import ReportState

TONES = {ReportState.ANSWERED: "met", ReportState.SUBMITTED: "wait"}


@dataclass(frozen=True)
class District:
    """A kecamatan with the sentence that counts its reports."""

    name: str
    url: str
    count: str


def districts(rows: Sequence[Row[*tuple[Any, ...]]]) -> list[District]:
    """The newest reports counted by kecamatan, the most first."""
    counted = Counter((row.area_code[:8], row.district) for row in rows if row.district)
    return [
        District(
            name=name,
            url=url_for("reports.index", area=code),
            count=ngettext("%(num)s laporan", "%(num)s laporan", count),
        )
        for (code, name), count in counted.most_common()
    ]


def points(rows: Sequence[Row[*tuple[Any, ...]]]) -> dict[str, Any]:
    """The newest reports as GeoJSON; one without a public point stands at its area's label point."""
    pattern = url_for("reports.show", number="NUMBER")
    features = []
    for row in rows:
        lat, lon = (row.lat, row.lon) if row.lat is not None else (row.label_lat, row.label_lon)
        if lat is None or lon is None:
            continue
        properties = {
            "title": listing.title(row),
            "url": pattern.replace("NUMBER", row.number),
            "text": f"{row.number} · {listing.state(row)}",
            "tone": TONES.get(row.state),
        }
        features.append(_feature(_point(lat, lon), properties))
    return {"type": "FeatureCollection", "features": features}


def areas() -> dict[str, Any]:
    """The kecamatan as GeoJSON: their shapes where these were imported, else their label points."""
    rows = db.session.execute(
        select(Area.name, Area.label_lat, Area.label_lon, Area.boundary)
        .where(Area.level == Level.DISTRICT, Area.label_lat.is_not(None))
        .order_by(Area.code)
    )
    features = [
        _feature(row.boundary or _point(row.label_lat, row.label_lon), {"name": row.name}) for row in rows
    ]
    return {"type": "FeatureCollection", "features": features}


def _feature(geometry: dict[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _point(lat: float, lon: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [lon, lat]}
