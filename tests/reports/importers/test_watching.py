"""Files in the watched folder: each once, each row with what became of it."""

import csv
import io
import os
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.accounts.rules import Role
from portal.db import db
from portal.deadlines.importers import seed
from portal.notifications.models import Notification
from portal.reports.importers import sources, store, watching
from portal.reports.importers.models import ImportRow, ImportRun
from portal.reports.importers.outcomes import RowResult, RunState, Why
from portal.reports.models import Report
from portal.reports.rules import Channel
from tests.builders import make_agency, make_category, make_user
from tests.reports.importers.test_mappings import SP4N

R = RowResult


@pytest.fixture
def at():
    """Ten minutes from now: what was laid down a moment ago has settled by then."""
    return datetime.now(UTC) + timedelta(minutes=10)


@pytest.fixture
def folder(session, tmp_path, at):
    seed(zone="Asia/Jakarta", at=at)
    make_agency(name="Dinas Bina Marga")
    make_category(code="lainnya")
    session.commit()
    return tmp_path


def table(*rows, delimiter=",", encoding="utf-8"):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(SP4N), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def lay(folder, content, name="sp4n.csv"):
    (folder / name).write_bytes(content)


def numbered(*ids, **changes):
    return [{**SP4N, "Tracking ID": str(one), **changes} for one in ids]


def results():
    return list(db.session.scalars(select(ImportRow.result).order_by(ImportRow.run_id, ImportRow.line)))


def only_run() -> ImportRun:
    db.session.expire_all()
    return db.session.scalars(select(ImportRun)).one()


def moved(folder, place):
    return sorted(path.name.split("-", 2)[2] for path in (folder / place).iterdir())


def test_each_row_of_a_file_says_what_became_of_it(folder, at):
    rows = [*numbered(1, 2), *numbered(3, **{"Judul Laporan": ""}), *numbered(1)]
    lay(folder, table(*rows))
    watching.take_all(folder, at)

    assert results() == [R.IMPORTED, R.IMPORTED, R.REFUSED, R.KNOWN]
    run = only_run()
    assert (run.state, run.imported_count, run.known_count, run.refused_count) == (RunState.DONE, 2, 1, 1)
    assert moved(folder, "done") == ["sp4n.csv"]
    assert not list(folder.glob("*.csv"))
    assert {one.channel for one in db.session.scalars(select(Report))} == {Channel.IMPORT}


def test_the_same_bytes_under_another_name_are_taken_once(folder, at):
    lay(folder, table(*numbered(1)))
    watching.take_all(folder, at)
    lay(folder, table(*numbered(1)), name="again.csv")
    watching.take_all(folder, at)

    assert (only_run().repeat_count, results()) == (1, [R.IMPORTED])
    assert moved(folder, "done") == ["again.csv", "sp4n.csv"]


def test_killed_between_two_batches_it_goes_on_there(folder, at, monkeypatch):
    monkeypatch.setattr(store, "BATCH", 1)
    keep, kept = store._store, []

    def die(case, *rest):
        if kept:
            raise KeyboardInterrupt
        kept.append(case)
        return keep(case, *rest)

    lay(folder, table(*numbered(1, 2, 3)))
    monkeypatch.setattr(store, "_store", die)
    with pytest.raises(KeyboardInterrupt):
        watching.take_all(folder, at)
    assert only_run().state is RunState.RUNNING
    monkeypatch.setattr(store, "_store", keep)
    watching.take_all(folder, at)

    assert results() == [R.IMPORTED] * 3
    assert only_run().imported_count == 3


def test_killed_before_the_file_was_moved_it_is_only_moved(folder, at, monkeypatch):
    lay(folder, table(*numbered(1)))
    monkeypatch.setattr(watching, "_put_away", lambda *_rest: False)
    watching.take_all(folder, at)
    monkeypatch.undo()
    watching.take_all(folder, at)

    assert (only_run().repeat_count, moved(folder, "done")) == (0, ["sp4n.csv"])


def test_what_its_source_closed_meanwhile_is_told_and_not_done(folder, at):
    lay(folder, table(*numbered(1, **{"Status Laporan": "Diproses"})))
    watching.take_all(folder, at)
    lay(folder, table(*numbered(1, **{"Status Laporan": "Ditutup Oleh Pelapor"})))
    watching.take_all(folder, at)

    assert results() == [R.IMPORTED, R.DIFFERS]
    assert db.session.scalars(select(Report)).one().ending is None


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8-sig"), (";", "cp1252"), ("\t", "utf-16"), (";", "utf-8")]
)
def test_files_are_read_as_spreadsheets_write_them(folder, at, delimiter, encoding):
    title = "Café di depan pasar"
    lay(folder, table(*numbered(1, **{"Judul Laporan": title}), delimiter=delimiter, encoding=encoding))
    watching.take_all(folder, at)

    assert db.session.scalars(select(Report)).one().content.title == title


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Why.EMPTY),
        (b"PK\x03\x04 a workbook", Why.SPREADSHEET),
        (b"a;b;c\n1;2;3\n", Why.MISSING_COLUMNS),
        (table(SP4N).replace(b"\r\n", b"\r\n\x00", 1), Why.NOT_TEXT),
        (table(SP4N) + b'"never closed', Why.BROKEN_CSV),
    ],
    ids=["empty", "workbook", "columns", "binary", "quote"],
)
def test_a_file_that_cannot_be_read_is_laid_aside_with_its_reason(folder, at, content, why):
    make_user(Role.ADMINISTRATOR)
    db.session.commit()
    lay(folder, content)
    watching.take_all(folder, at)
    watching.take_all(folder, at)

    run = only_run()
    assert (run.state, run.why) == (RunState.REFUSED, why)
    assert moved(folder, "refused") == ["sp4n.csv"]
    assert db.session.scalar(select(Report)) is None
    letters = db.session.scalars(select(Notification).filter_by(kind="import_failed")).all()
    assert len(letters) == 1
    assert "sp4n.csv" in letters[0].body


def test_links_are_never_followed(folder, at, tmp_path_factory):
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.csv"
    secret.write_bytes(table(*numbered(1)))
    (folder / "link.csv").symlink_to(secret)
    os.mkfifo(folder / "pipe.csv")
    watching.take_all(folder, at)

    whys = set(db.session.scalars(select(ImportRun.why)))
    assert whys == {Why.NOT_A_FILE}
    assert db.session.scalar(select(Report)) is None
    assert secret.exists()
    assert moved(folder, "refused") == ["link.csv", "pipe.csv"]


def test_a_place_to_put_files_that_is_a_link_stops_everything(folder, at, tmp_path_factory):
    (folder / "done").symlink_to(tmp_path_factory.mktemp("elsewhere"))
    lay(folder, table(*numbered(1)))
    watching.take_all(folder, at)

    assert db.session.scalar(select(ImportRun)) is None
    assert (folder / "sp4n.csv").exists()


def test_a_file_that_is_still_copied_waits(folder, at):
    lay(folder, table(*numbered(1)))
    lay(folder, table(*numbered(2)), name="sp4n.csv.part")
    lay(folder, table(*numbered(3)), name=".hidden.csv")
    watching.take_all(folder, datetime.now(UTC))
    assert db.session.scalar(select(ImportRun)) is None
    watching.take_all(folder, at)

    assert only_run().file_name == "sp4n.csv"


def test_a_file_that_is_too_large_is_not_read(folder, at, monkeypatch):
    monkeypatch.setattr(sources, "LARGEST", 10)
    lay(folder, table(*numbered(1)))
    watching.take_all(folder, at)

    assert only_run().why is Why.TOO_LARGE


def test_names_with_tricks_stay_names(folder, at):
    lay(folder, table(*numbered(1)), name="a..\\..\\etc\n‮passwd.csv")
    watching.take_all(folder, at)

    assert only_run().file_name.isprintable()
    assert len(list((folder / "done").iterdir())) == 1


def test_administrators_read_the_rows_and_take_them_along(folder, at, login):
    lay(folder, table(*numbered("=1+1"), *numbered(2, **{"Instansi Terdisposisi": "Dinas <b>Entah"})))
    watching.take_all(folder, at)
    admin, run = login(make_user(Role.ADMINISTRATOR)), only_run()
    page = admin.get(f"/administration/imports/{run.id}?result=refused").get_data(as_text=True)
    file = admin.get(f"/administration/imports/{run.id}/rows.csv").get_data(as_text=True)

    assert "sp4n.csv" in admin.get("/administration/imports").get_data(as_text=True)
    assert "Dinas &lt;b&gt;Entah" in page
    assert "<b>Entah" not in page
    assert "2,'=1+1,imported," in file
    assert ",refused,," in file
