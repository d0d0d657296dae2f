"""What is true of areas: their codes, their shapes, and how people write their names."""

from portal.places.rules.codes import CODE_PARTS, Level, district_of, parent_code
from portal.places.rules.geometry import (
    box,
    box_around,
    contains,
    distance_km,
    metres,
    metres_outside,
    nearest,
    polygons,
)

__all__ = [
    "CODE_PARTS",
    "Level",
    "box",
    "box_around",
    "contains",
    "distance_km",
    "district_of",
    "metres",
    "metres_outside",
    "nearest",
    "parent_code",
    "polygons",
]
