"""Levels of area, as Kemendagri codes them, and where a point lies."""

import math
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    CITY = "city"
    DISTRICT = "district"  # kecamatan
    VILLAGE = "village"  # kelurahan or gampong


CODE_PARTS = {Level.CITY: 2, Level.DISTRICT: 3, Level.VILLAGE: 4}  # 12.71 · 12.71.09 · 12.71.09.1001
EARTH_RADIUS_KM = 6371.0

Ring = Sequence[Sequence[float]]  # GeoJSON: [longitude, latitude] in degrees
Box = tuple[float, float, float, float]  # south, west, north, east


def parent_code(code: str) -> str | None:
    """The code of the area around; None for a city."""
    parent, _, _ = code.rpartition(".")
    return parent if "." in parent else None


def district_of(code: str | None) -> str | None:
    """The kecamatan that an area lies in or is; Kemendagri codes name their parents."""
    if not code or code.count(".") < 2:
        return None
    return ".".join(code.split(".")[:3])


def polygons(geometry: dict[str, Any]) -> list[list[Ring]]:
    """The polygons of a GeoJSON geometry, each an outer ring followed by its holes.

    Raises ValueError for other geometries and for rings that enclose nothing.
    """
    found: list[list[Ring]]
    match geometry.get("type"):
        case "Polygon":
            found = [geometry["coordinates"]]
        case "MultiPolygon":
            found = geometry["coordinates"]
        case other:
            raise ValueError(f"{other} is neither Polygon nor MultiPolygon")
    if not found or any(len(ring) < 4 for polygon in found for ring in polygon):
        raise ValueError("a ring has fewer than four points")
    return found


def box(geometry: dict[str, Any]) -> Box:
    """The smallest box around a geometry."""
    points = [point for polygon in polygons(geometry) for point in polygon[0]]
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    return min(latitudes), min(longitudes), max(latitudes), max(longitudes)


def contains(geometry: dict[str, Any], lat: float, lon: float) -> bool:
    """Does the point lie inside? Holes count as outside."""
    return any(
        _inside(polygon[0], lat, lon) and not any(_inside(hole, lat, lon) for hole in polygon[1:])
        for polygon in polygons(geometry)
    )


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance between two points."""
    half_lat = math.radians(other_lat - lat) / 2
    half_lon = math.radians(other_lon - lon) / 2
    shrink = math.cos(math.radians(lat)) * math.cos(math.radians(other_lat))
    chord = math.sin(half_lat) ** 2 + shrink * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(chord))


def nearest(
    places: Iterable[tuple[str, float, float]], lat: float, lon: float, *, within_km: float
) -> str | None:
    """The code of the closest of (code, lat, lon); None when none is near enough."""
    measured = ((distance_km(lat, lon, at_lat, at_lon), code) for code, at_lat, at_lon in places)
    km, code = min(measured, default=(math.inf, ""))
    return code if km <= within_km else None


def _inside(ring: Ring, lat: float, lon: float) -> bool:
    """Ray casting: a ray to the east crosses the ring an odd number of times."""
    is_inside = False
    for (lon_a, lat_a, *_), (lon_b, lat_b, *_) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (lat_a > lat) != (lat_b > lat):
            is_inside ^= lon < lon_a + (lat - lat_a) * (lon_b - lon_a) / (lat_b - lat_a)
    return is_inside
