"""Where a point lies."""

import pytest

from portal.places import rules

pytestmark = pytest.mark.engine_free

SQUARE = [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]
HOLE = [[4, 4], [6, 4], [6, 6], [4, 6], [4, 4]]
ISLAND = [[20, 20], [22, 20], [22, 22], [20, 22], [20, 20]]
WITH_HOLE = {"type": "Polygon", "coordinates": [SQUARE, HOLE]}
WITH_ISLAND = {"type": "MultiPolygon", "coordinates": [[SQUARE, HOLE], [ISLAND]]}


@pytest.mark.parametrize(
    ("geometry", "lat", "lon", "is_inside"),
    [
        (WITH_HOLE, 2, 2, True),
        (WITH_HOLE, 5, 5, False),
        (WITH_HOLE, 11, 5, False),
        (WITH_ISLAND, 21, 21, True),
        (WITH_ISLAND, 15, 15, False),
    ],
)
def test_point_is_inside_the_land_but_not_its_hole(geometry, lat, lon, is_inside) -> None:
    assert rules.contains(geometry, lat, lon) is is_inside


def test_box_holds_every_part() -> None:
    assert rules.box(WITH_ISLAND) == (0, 0, 22, 22)


def test_other_geometries_are_refused() -> None:
    with pytest.raises(ValueError, match="Point"):
        rules.polygons({"type": "Point", "coordinates": [0, 0]})


def test_nearest_place_counts_only_within_reach() -> None:
    places = [("a", 3.54, 98.70), ("b", 3.60, 98.70)]

    assert rules.nearest(places, 3.541, 98.701, within_km=5) == "a"
    assert rules.nearest(places, 4.5, 98.70, within_km=5) is None


@pytest.mark.parametrize(
    ("lat", "lon", "metres"),
    [(5, 3, 0), (-0.001, 5, 111), (10.001, 10.001, 157), (5, 4.001, 111), (5, 10.002, 222)],
)
def test_distance_to_the_edge_is_told_in_metres(lat: float, lon: float, metres: int) -> None:
    assert rules.metres_outside(WITH_HOLE, lat, lon) == pytest.approx(metres, abs=2)


@pytest.mark.parametrize("metres", [10, 150, 5000])
def test_box_around_a_point_holds_what_is_nearer(metres: int) -> None:
    south, west, north, east = rules.box_around(3.54, 98.7, metres)

    assert rules.metres(3.54, 98.7, north, 98.7) == pytest.approx(metres, rel=1e-3)
    assert rules.metres(3.54, 98.7, 3.54, west) == pytest.approx(metres, rel=1e-3)
    assert (south, east) < (3.54, 98.7) < (north, east)


@pytest.mark.parametrize(
    ("code", "parent"),
    [("12.71.09.1001", "12.71.09"), ("12.71.09", "12.71"), ("12.71", None)],
)
def test_code_names_the_area_around(code: str, parent: str | None) -> None:
    assert rules.parent_code(code) == parent
