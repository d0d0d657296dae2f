"""Agencies and officials come from tables."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from portal.organisation import importers
from portal.organisation.models import Agency, Official
from portal.organisation.rules import Rank
from portal.places import importers as area_import
from portal.tables import Change, Outcome
from tests.builders import make_area

AGENCY = dict.fromkeys(importers.AGENCY_COLUMNS, "") | {
    "code": "DISHUB",
    "name": "Dinas Perhubungan",
    "kind": "dinas",
    "valid_from": "2017-01-03",
}
HEAD, STAFF = "197001012000011001", "199001012015011002"
OFFICIAL = dict.fromkeys(importers.OFFICIAL_COLUMNS, "") | {
    "employee_number": STAFF,
    "name": "Rahmat Siregar",
    "position": "Petugas Penerangan Jalan",
    "rank": "petugas",
    "agency_code": "DISHUB",
    "active_from": "2024-01-02",
}


def agencies(*changes: dict[str, str]) -> Outcome:
    return importers.import_agencies([AGENCY | change for change in changes])


def officials(*changes: dict[str, str]) -> Outcome:
    return importers.import_officials([OFFICIAL | change for change in changes])


def test_successor_may_stand_below(session: Session) -> None:
    old = {"code": "DLLAJ", "valid_to": "2020-12-31", "successor_code": "DISHUB"}

    outcome = agencies(old, {})

    assert outcome.bad == []
    assert session.query(Agency).filter_by(code="DLLAJ").one().successor.code == "DISHUB"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"valid_to": "2016-01-01"}, "valid_to mendahului valid_from"),
        ({"valid_from": "3 Januari"}, "bukan tanggal"),
        ({"successor_code": "XYZ"}, "kode dinas XYZ tidak dikenal"),
        ({"external": "mungkin"}, "external 'mungkin' tidak dikenal"),
    ],
)
def test_bad_agency_is_told(session: Session, change: dict[str, str], told: str) -> None:
    (bad,) = agencies(change).bad

    assert told in bad


def test_supervisor_may_stand_below(session: Session) -> None:
    agencies({})

    outcome = officials(
        {"supervisor_number": HEAD},
        {"employee_number": HEAD, "name": "Lamhot Tampubolon", "rank": "kepala"},
    )

    staff = session.query(Official).filter_by(employee_number=STAFF).one()
    assert outcome.bad == []
    assert (staff.supervisor.name, staff.supervisor.rank) == ("Lamhot Tampubolon", Rank.HEAD)


def test_importing_twice_changes_nothing_and_areas_follow_the_table(session: Session) -> None:
    agencies({})
    first, second = make_area().code, make_area().code

    officials({"area_codes": f"{first};{second}"})
    again = officials({"area_codes": f"{first};{second}"})
    fewer = officials({"area_codes": second})

    staff = session.query(Official).filter_by(employee_number=STAFF).one()
    assert again.counts[Change.UNCHANGED] == 1
    assert fewer.counts[Change.UPDATED] == 1
    assert [row.area_code for row in staff.area_rows] == [second]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"area_codes": "12.71.99"}, "baris 2: kode wilayah 12.71.99 tidak dikenal"),
        ({"agency_code": "XYZ"}, "kode dinas XYZ tidak dikenal"),
        ({"employee_number": "123"}, "tidak terdiri atas 18 angka"),
        ({"supervisor_number": HEAD}, f"NIP atasan {HEAD} tidak dikenal"),
        ({"supervisor_number": STAFF}, "menjadi atasan dirinya sendiri"),
        ({"email": "rahmat"}, "alamat surel rahmat tidak lengkap"),
    ],
)
def test_bad_official_is_told(session: Session, change: dict[str, str], told: str) -> None:
    agencies({})

    (bad,) = officials(change).bad

    assert told in bad
    assert session.query(Official).filter_by(employee_number=STAFF).count() == 0


def test_shipped_tables_are_whole(session: Session) -> None:
    folder = Path(importers.__file__).parents[1] / "demo" / "data"
    area_import.import_areas(area_import.read(folder / "medan_areas.csv"))

    made = importers.import_agencies(importers.read_agencies(folder / "medan_agencies.csv"))
    staffed = importers.import_officials(importers.read_officials(folder / "medan_officials.csv"))

    assert made.bad == []
    assert staffed.bad == []
    assert staffed.counts[Change.CREATED] > 200
