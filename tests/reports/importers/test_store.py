"""Cases of another system become reports, each once."""

import csv
from datetime import UTC, datetime

import pytest

from portal.deadlines.importers import seed
from portal.deadlines.models import StageDeadline
from portal.organisation.models import Agency
from portal.reports.importers import sp4n, store
from portal.reports.models import Report, ReportContent, Reporter
from portal.reports.rules import ReportState
from tests.builders import make_agency, make_area, make_category
from tests.reports.importers.test_mappings import COLUMNS, MEDAN, SP4N

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture
def city(session):
    """Calendars, the agency and the category that the row names."""
    seed(zone="Asia/Jakarta", at=NOW)
    make_agency(name="Dinas Bina Marga")
    make_category(code="lainnya")
    session.commit()


@pytest.fixture
def bring_in(city):
    """`bring_in(*rows)` imports SP4N rows and gives the outcome and what was rejected."""

    def run(*rows, dry_run=False, creates=False):
        rejected = []
        outcome = store.bring_in(
            list(enumerate(rows, start=2)),
            lambda row: sp4n.read(row, MEDAN),
            source="sp4n",
            at=NOW,
            creates=creates,
            dry_run=dry_run,
            reject=lambda line, row, reason: rejected.append((line, reason)),
            advance=lambda count: None,
        )
        return outcome, rejected

    return run


def test_second_import_of_the_same_file_adds_nothing(bring_in, session):
    bring_in(SP4N)

    outcome, _ = bring_in(SP4N, {**SP4N, "Tracking ID": "7112234"})

    assert (outcome.imported, outcome.present) == (1, 1)
    assert session.query(Report).count() == 2


def test_row_that_stands_twice_in_one_file_comes_in_once(bring_in, session):
    outcome, _ = bring_in(SP4N, SP4N)

    assert (outcome.imported, outcome.present) == (1, 1)


def test_dry_run_counts_and_keeps_nothing(bring_in, session):
    outcome, _ = bring_in({**SP4N, "Instansi Terdisposisi": "Dinas Baru"}, dry_run=True, creates=True)

    assert outcome.imported == 1
    assert session.query(Report).count() == 0
    assert session.query(Agency).filter_by(name="Dinas Baru").count() == 0


def test_interrupted_import_goes_on_where_it_stopped(bring_in, session, monkeypatch):
    monkeypatch.setattr(store, "BATCH", 1)
    rows = [{**SP4N, "Tracking ID": str(number)} for number in range(3)]
    keep, kept = store._store, []

    def break_down(case, *rest):
        if len(kept) == 1:
            raise KeyboardInterrupt
        kept.append(case)
        keep(case, *rest)

    monkeypatch.setattr(store, "_store", break_down)
    with pytest.raises(KeyboardInterrupt):
        bring_in(*rows)
    monkeypatch.setattr(store, "_store", keep)
    outcome, _ = bring_in(*rows)

    assert (outcome.imported, outcome.present) == (2, 1)
    assert session.query(Report).count() == 3


def test_bad_rows_are_left_out_with_line_and_reason(bring_in):
    outcome, rejected = bring_in(
        {**SP4N, "Judul Laporan": ""}, {**SP4N, "Instansi Terdisposisi": "Dinas Entah"}, SP4N
    )

    assert (outcome.imported, outcome.rejected) == (1, 2)
    assert rejected == [(2, "kolom Judul Laporan kosong"), (3, "instansi 'Dinas Entah' tidak dikenal")]


def test_confidential_anonymous_row_shows_and_keeps_no_name(bring_in, session):
    bring_in(SP4N)

    report = session.query(Report).one()
    assert (report.title, report.body, report.reporter_name) == ("", "", "")
    assert session.query(Reporter).one().name == ""
    assert session.query(ReportContent).one().title == "Lubang di depan pasar"


def test_public_row_shows_the_sources_text_with_personal_data_covered(bring_in, session):
    open_row = {**SP4N, "Tipe Laporan (Anonim/Rahasia)": "", "Isi Laporan Akhir": "Hubungi 081234567812 ya."}

    bring_in(open_row)

    assert session.query(Report).one().body == "Hubungi 08•• •••• ••12 ya."


def test_area_is_found_by_kelurahan_and_kecamatan(bring_in, session):
    district = make_area(name="Medan Kota")
    village = make_area(name="Sei Mati", parent_code=district.code)
    make_area(name="Sei Mati", parent_code=make_area(name="Medan Labuhan").code)

    bring_in({**SP4N, "Kecamatan": "medan kota", "Kelurahan": "Sei  Mati"})

    assert session.query(Report).one().area_code == village.code


@pytest.fixture
def open_csv_file(tmp_path, session):
    """A CSV of another city, its column file, and where rejects go."""
    session.commit()
    (tmp_path / "columns.toml").write_text(COLUMNS.replace("agency =", 'due_at = "due"\nagency ='))
    with (tmp_path / "cases.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["no", "opened", "closed", "due", "department", "sample"])
        writer.writerow(
            ["1", "2019-01-02 10:00:00", "2019-01-05 10:00:00", "2019-01-04 10:00:00", "PWDx", "a"]
        )
        writer.writerow(["2", "2019-01-02 10:00:00", "", "", "PWDx", "a"])
        writer.writerow(["3", "kapan-kapan", "", "", "PWDx", "a"])
        writer.writerow(["4", "2019-01-02 10:00:00", "", "", "PWDx", "b"])
    return tmp_path


def run_command(app, folder, *more):
    arguments = ["--mapping", "open-csv", "--columns", str(folder / "columns.toml"), "--create-missing"]
    arguments += ["--rejects", str(folder / "rejected.csv"), "--only", "sample=a", *more]
    return app.test_cli_runner().invoke(args=["reports", "import", str(folder / "cases.csv"), *arguments])


def test_command_imports_what_was_asked_for_and_writes_down_what_it_refused(app, session, open_csv_file):
    result = run_command(app, open_csv_file)

    assert "2 masuk, 0 sudah ada, 1 ditolak." in result.output
    assert "'kapan-kapan' bukan waktu" in (open_csv_file / "rejected.csv").read_text()


def test_imported_matter_keeps_its_sources_due_time(app, session, open_csv_file):
    run_command(app, open_csv_file)

    clock_id = session.query(Report).filter_by(source_id="1").one().assignment.clock_id
    row = session.query(StageDeadline).filter_by(clock_id=clock_id).one()
    assert row.due_at == datetime(2019, 1, 4, 15, 0, tzinfo=UTC)
    assert row.met_at > row.due_at


def test_case_without_closing_stays_open(app, session, open_csv_file):
    run_command(app, open_csv_file)

    assert session.query(Report).filter_by(source_id="2").one().state is ReportState.OPEN


def test_command_without_column_file_says_what_to_give(app, open_csv_file):
    result = app.test_cli_runner().invoke(
        args=["reports", "import", str(open_csv_file / "cases.csv"), "--mapping", "open-csv"]
    )

    assert result.exit_code == 1
    assert "--columns" in result.output


def test_wrong_only_is_refused(app, open_csv_file):
    assert "KOLOM=NILAI" in run_command(app, open_csv_file, "--only", "sample").output
