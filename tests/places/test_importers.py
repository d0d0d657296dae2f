"""Areas come from tables, and points find them."""

import json
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from portal.errors import DomainError
from portal.places import importers, queries
from portal.places.models import Area
from portal.tables import Change

HEAD = "code,name,level,parent_code,zone,label_lat,label_lon\n"
GOOD = (
    "12.71,Kota Medan,kota,,Asia/Jakarta,3.59,98.67\n"
    "12.71.09,Medan Amplas,kecamatan,12.71,Asia/Jakarta,3.539,98.714\n"
    "12.71.09.1003,Sitirejo III,kelurahan,12.71.09,Asia/Jakarta,3.550,98.706\n"
    "12.71.09.1004,Harjosari I,kelurahan,12.71.09,Asia/Jakarta,3.543,98.706\n"
)


@pytest.fixture
def bring_in(session: Session, tmp_path: Path):
    def bring_in(lines: str):
        path = tmp_path / "areas.csv"
        path.write_text(HEAD + lines, encoding="utf-8")
        return importers.import_areas(importers.read(path))

    return bring_in


def test_importing_twice_changes_nothing(bring_in) -> None:
    first, second = bring_in(GOOD), bring_in(GOOD)

    assert first.counts[Change.CREATED] == 4
    assert second.counts == {Change.CREATED: 0, Change.UPDATED: 0, Change.UNCHANGED: 4}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("12.71.99.1001,X,kelurahan,12.71.99,Asia/Jakarta,,", "baris 6: kode wilayah 12.71.99 tidak dikenal"),
        ("12.71.9,X,kecamatan,12.71,Asia/Jakarta,,", "baris 6: kode 12.71.9 bukan kode wilayah"),
        ("12.71.10.1001,X,kelurahan,12.71.09,Asia/Jakarta,,", "tidak berada di dalam 12.71.09"),
        ("12.71.10,,kecamatan,12.71,Asia/Jakarta,,", "baris 6: kolom name kosong"),
        ("12.71.10,X,kecamatan,12.71,Asia/Medan,,", "zona waktu Asia/Medan tidak dikenal"),
        ("12.71.10,X,kecamatan,12.71,Asia/Jakarta,98.7,abc", "bukan derajat"),
        ("12.71.10,X,distrik,12.71,Asia/Jakarta,,", "level 'distrik' tidak dikenal"),
    ],
)
def test_bad_row_is_told_and_the_others_are_kept(bring_in, session: Session, line: str, told: str) -> None:
    outcome = bring_in(GOOD + line + "\n")

    assert len(outcome.bad) == 1
    assert told in outcome.bad[0]
    assert session.get(Area, "12.71.09.1004") is not None


def test_file_without_the_columns_is_refused(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_text("kode,nama\n1,2\n", encoding="utf-8")

    with pytest.raises(DomainError, match="parent_code"):
        importers.read(path)


def test_point_without_boundaries_finds_the_nearest_label(bring_in) -> None:
    bring_in(GOOD)

    found = queries.locate(3.5435, 98.7062)

    assert (found.code, found.is_drawn) == ("12.71.09.1004", False)
    assert queries.locate(3.2, 98.7).code is None


def test_point_finds_the_boundary_that_holds_it(bring_in, session: Session, tmp_path: Path) -> None:
    bring_in(GOOD)
    ring = [[98.70, 3.530], [98.71, 3.530], [98.71, 3.549], [98.70, 3.549], [98.70, 3.530]]
    path = tmp_path / "boundaries.geojson"
    path.write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    _feature("12.71.09.1003", ring),
                    _feature("53.71.01.1001", ring),
                    _feature("12.71.09.1004", [[0, 0]]),
                ],
            }
        ),
        encoding="utf-8",
    )

    outcome = importers.import_boundaries(importers.read_boundaries(path))

    assert outcome.counts[Change.UPDATED] == 1
    assert len(outcome.bad) == 2
    inside, at_the_edge, beyond = (queries.locate(3.5435, lon) for lon in (98.7062, 98.7109, 98.7260))
    assert (inside.code, inside.metres) == ("12.71.09.1003", 0)
    assert (at_the_edge.code, at_the_edge.metres) == ("12.71.09.1003", 100)
    assert beyond.code != "12.71.09.1003"


def _feature(code: str, ring: list[list[float]]) -> dict:
    return {
        "type": "Feature",
        "properties": {"code": code},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
