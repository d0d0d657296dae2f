"""Rows of other systems, read in their own words."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from portal.errors import DomainError
from portal.reports.importers import sp4n
from portal.reports.importers.case import NO_ANSWER_TIMES, BadRow
from portal.reports.importers.open_csv import OpenCsv
from portal.reports.rules import Ending, ReportKind, ReportState

pytestmark = pytest.mark.engine_free

MEDAN = ZoneInfo("Asia/Jakarta")
SP4N = {
    "Tracking ID": "7112233",
    "Tanggal Laporan Masuk": "2025-03-04",
    "Waktu Laporan Masuk": "21:15:00",
    "Nama Pelapor": "Seseorang",
    "Klasifikasi Laporan": "Pengaduan Tidak Berkadar Pengawasan",
    "Kategori": "Jalan",
    "Judul Laporan": "Lubang di depan pasar",
    "Isi Laporan Awal": "Lubangnya dalam.",
    "Isi Laporan Akhir": "Lubang di jalan.",
    "Tipe Laporan (Anonim/Rahasia)": "Anonim|Rahasia",
    "Instansi Terdisposisi": "Dinas Bina Marga",
    "Status Laporan": "Ditutup oleh Sistem",
}


def test_sp4n_row_keeps_both_flags_both_texts_and_its_ending():
    case = sp4n.read(SP4N, MEDAN)

    assert (case.is_anonymous, case.is_confidential) == (True, True)
    assert (case.text, case.public_text) == ("Lubangnya dalam.", "Lubang di jalan.")
    assert (case.state, case.ending) == (ReportState.CLOSED, Ending.SILENCE)
    assert case.received_at == datetime(2025, 3, 4, 14, 15, tzinfo=UTC)


def test_sp4n_row_is_left_out_of_timing_with_its_reason():
    assert sp4n.read(SP4N, MEDAN).response_exclusion == NO_ANSWER_TIMES


@pytest.mark.parametrize(
    ("classification", "kind", "is_supervisory"),
    [
        ("Pengaduan Berkadar Pengawasan", ReportKind.COMPLAINT, True),
        ("Aspirasi", ReportKind.SUGGESTION, False),
        ("Permintaan Informasi", ReportKind.INFORMATION_REQUEST, False),
    ],
)
def test_sp4n_classification_names_kind_and_weight(classification, kind, is_supervisory):
    case = sp4n.read({**SP4N, "Klasifikasi Laporan": classification}, MEDAN)

    assert (case.kind, case.is_supervisory) == (kind, is_supervisory)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"Tracking ID": " "}, "kolom Tracking ID kosong"),
        ({"Status Laporan": "Entah"}, "Status Laporan 'Entah' tidak dikenal"),
        ({"Tanggal Laporan Masuk": "kemarin"}, "tanggal kemarin 21:15:00 tidak dapat dibaca"),
    ],
)
def test_sp4n_row_that_cannot_be_read_says_why(change, reason):
    with pytest.raises(BadRow, match=reason):
        sp4n.read({**SP4N, **change}, MEDAN)


COLUMNS = """
source = "kota"
utc_offset = "-05:00"
[columns]
id = "no"
received_at = "opened"
closed_at = "closed"
agency = "department"
"""
ROW = {"no": "1", "opened": "2019-01-02 10:00:00", "closed": "2019-01-02 11:30:00", "department": "PWDx"}


@pytest.fixture
def mapping(tmp_path):
    path = tmp_path / "columns.toml"
    path.write_text(COLUMNS)
    return OpenCsv.load(path, MEDAN)


def test_open_csv_times_without_a_zone_get_the_files_own(mapping):
    case = mapping.read(ROW)

    assert case.received_at == datetime(2019, 1, 2, 15, 0, tzinfo=UTC)
    assert (case.closed_at - case.received_at).total_seconds() == 5400


def test_open_csv_row_without_closing_stays_open(mapping):
    case = mapping.read({**ROW, "closed": ""})

    assert (case.state, case.ending, case.closed_at) == (ReportState.OPEN, None, None)


def test_open_csv_without_answer_column_is_left_out_of_answer_times_only(mapping):
    case = mapping.read(ROW)

    assert (case.response_exclusion, case.resolution_exclusion) == (NO_ANSWER_TIMES, None)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"no": ""}, "nomor asal kosong"),
        ({"opened": ""}, "waktu diterima kosong"),
        ({"opened": "2/1/2019"}, "bukan waktu"),
        ({"closed": "2018-01-01 00:00:00"}, "ditutup sebelum diterima"),
    ],
)
def test_open_csv_row_that_cannot_be_read_says_why(mapping, change, reason):
    with pytest.raises(BadRow, match=reason):
        mapping.read({**ROW, **change})


@pytest.mark.parametrize(
    "text", ["", "source = 'x'", "[columns]\nid = 'a'\nreceived_at = 'b'\nmood = 'c'", "=="]
)
def test_wrong_column_file_is_refused(tmp_path, text):
    path = tmp_path / "columns.toml"
    path.write_text(text)

    with pytest.raises(DomainError, match="Berkas kolom"):
        OpenCsv.load(path, MEDAN)
