"""An operator sets a city up from files."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy.orm import Session

from portal.cli import city
from portal.db import db
from portal.deadlines import importers as deadlines
from portal.deadlines import queries as deadline_queries
from portal.demo.texts import DATA
from portal.ledger.models import Event
from portal.organisation.models import Official
from portal.places.models import Area
from tests.builders import MONDAY


@pytest.fixture
def run(app: Flask, session: Session):
    def run(*words: str | Path) -> Result:
        return app.test_cli_runner().invoke(city.cli, [str(word) for word in words])

    return run


def count(model: type) -> int:
    return db.session.query(model).count()


@pytest.mark.parametrize(("name", "areas"), [("medan", 173), ("langsa", 72), ("kupang", 58)])
def test_each_shipped_city_can_be_set_up(run, name: str, areas: int) -> None:
    done = run("import-areas", DATA / f"{name}_areas.csv")

    assert done.exit_code == 0, done.output
    assert f"{areas} baru" in done.output
    assert count(Area) == areas


def test_officials_follow_agencies_and_areas(run) -> None:
    for command, name in (("areas", "areas"), ("agencies", "agencies"), ("officials", "officials")):
        done = run(f"import-{command}", DATA / f"medan_{name}.csv")
        assert done.exit_code == 0, done.output

    assert count(Official) > 200


def test_dry_run_keeps_nothing(run) -> None:
    done = run("import-areas", DATA / "medan_areas.csv", "--dry-run")

    assert "tidak ada yang disimpan" in done.output
    assert count(Area) == 0


def test_bad_row_fails_the_command_and_keeps_the_others(run, tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    lines = (DATA / "medan_areas.csv").read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines[:3], lines[3].replace("12.71.01", "12.71.99")]), encoding="utf-8")

    done = run("import-areas", path)

    assert done.exit_code == 1
    assert "baris 4: kode wilayah 12.71.99 tidak dikenal" in done.output
    assert count(Area) == 2


def test_file_that_is_no_table_is_refused_in_one_sentence(run, tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_bytes(b"\xff\xfe\x00")

    done = run("import-areas", path)

    assert done.exit_code == 1
    assert done.output.startswith("Error: ")


def test_import_stands_in_the_record(run) -> None:
    run("import-categories", DATA / "categories.csv")

    (event,) = db.session.query(Event).filter_by(subject="city:categories")
    assert event.details["created"] == 48


@pytest.fixture
def holidays(session: Session, tmp_path: Path):
    """A file of these lines, and the shipped calendars to bring it into."""
    deadlines.seed(zone="Asia/Jakarta", at=MONDAY)

    def holidays(*lines: str) -> Path:
        path = tmp_path / "holidays.csv"
        path.write_text("\n".join(["date,kind,name", *lines]), encoding="utf-8")
        return path

    return holidays


def test_closure_makes_a_new_version_of_each_calendar_once(run, holidays) -> None:
    path = holidays("2027-03-05,libur_daerah,Pemungutan suara ulang")

    first, second = (run("import-holidays", path, "--decree", "SK 12/2027") for _ in range(2))

    newest = deadline_queries.calendar_versions("six_day")[0]
    assert (newest.number, newest.decree) == (2, "SK 12/2027"), first.output
    assert "sudah sama" in second.output


def test_part_of_a_year_is_refused(run, holidays) -> None:
    done = run("import-holidays", holidays("2027-01-01,libur_nasional,Tahun Baru"))

    assert done.exit_code == 1
    assert len(deadline_queries.calendar_versions("five_day")) == 1


def test_bad_day_is_told_with_its_line(run, holidays) -> None:
    done = run("import-holidays", holidays("2027-03-05,libur_daerah,Pemilu", "besok,libur_daerah,X"))

    assert done.exit_code == 1
    assert "baris 3" in done.output


def test_holidays_come_from_the_package_by_year(run, holidays) -> None:
    done = run("import-holidays", "--from-package", "2026", "--from-package", "2027")

    assert done.exit_code == 0, done.output
    assert "sudah sama" in done.output  # they are what was shipped


def test_holidays_need_a_file_or_a_year(run) -> None:
    assert run("import-holidays").exit_code == 2
