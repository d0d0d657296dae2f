"""Where a point lies: in which boundary, how far from its edge, how far from another point."""

import itertools
import math
from collections.abc import Iterable, Sequence
from typing import Any

EARTH_RADIUS_KM = 6371.0
METRES_A_DEGREE = math.radians(1) * EARTH_RADIUS_KM * 1000  # of latitude

Ring = Sequence[Sequence[float]]  # GeoJSON: [longitude, latitude] in degrees
Box = tuple[float, float, float, float]  # south, west, north, east


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


def metres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The same distance in metres."""
    return distance_km(lat, lon, other_lat, other_lon) * 1000


def metres_outside(geometry: dict[str, Any], lat: float, lon: float) -> float:
    """How far the point lies from the nearest edge; 0 inside. Exact enough within some kilometres, where
    the ground is flat."""
    if contains(geometry, lat, lon):
        return 0.0
    # The point is the origin: each corner in metres to its east and north.
    east, north = METRES_A_DEGREE * math.cos(math.radians(lat)), METRES_A_DEGREE
    return min(
        _to_segment(((x - lon) * east, (y - lat) * north), ((u - lon) * east, (v - lat) * north))
        for polygon in polygons(geometry)
        for ring in polygon
        for (x, y, *_), (u, v, *_) in itertools.pairwise(ring)
    )


def box_around(lat: float, lon: float, metres: float) -> Box:
    """The box whose edges lie so many metres from a point: what is nearer lies in it."""
    north = metres / METRES_A_DEGREE
    east = north / math.cos(math.radians(lat))
    return lat - north, lon - east, lat + north, lon + east


def _to_segment(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Distance from the origin to a straight line between two points."""
    x, y = end[0] - start[0], end[1] - start[1]
    length = x * x + y * y
    along = min(1.0, max(0.0, -(start[0] * x + start[1] * y) / length)) if length else 0.0
    return math.hypot(start[0] + along * x, start[1] + along * y)


def _inside(ring: Ring, lat: float, lon: float) -> bool:
    """Ray casting: a ray to the east crosses the ring an odd number of times."""
    is_inside = False
    for (lon_a, lat_a, *_), (lon_b, lat_b, *_) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (lat_a > lat) != (lat_b > lat):
            is_inside ^= lon < lon_a + (lat - lat_a) * (lon_b - lon_a) / (lat_b - lat_a)
    return is_inside
