"""Rows of an SP4N-LAPOR! export (the administrator's download), column names as they stand there."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import TypeVar

from portal.reports.importers.case import NO_ANSWER_TIMES, NO_CLOSING_TIMES, BadRow, ImportedCase
from portal.reports.importers.outcomes import Why
from portal.reports.rules import Ending, ReportKind, ReportState

T = TypeVar("T")
SOURCE = "sp4n"
REQUIRED = ("Tracking ID", "Tanggal Laporan Masuk", "Klasifikasi Laporan", "Judul Laporan", "Status Laporan")

KINDS = {
    "pengaduan berkadar pengawasan": (ReportKind.COMPLAINT, True),
    "pengaduan tidak berkadar pengawasan": (ReportKind.COMPLAINT, False),
    "aspirasi": (ReportKind.SUGGESTION, False),
    "permintaan informasi": (ReportKind.INFORMATION_REQUEST, False),
}
STATES: dict[str, tuple[ReportState, Ending | None]] = {
    "belum terverifikasi": (ReportState.SUBMITTED, None),
    "menunggu kelengkapan informasi": (ReportState.SUBMITTED, None),
    "belum ditindaklanjuti": (ReportState.OPEN, None),
    "diproses": (ReportState.OPEN, None),
    "ditutup oleh pelapor": (ReportState.CLOSED, Ending.SOLVED),
    "ditutup oleh sistem": (ReportState.CLOSED, Ending.SILENCE),
    "ditutup oleh admin": (ReportState.CLOSED, Ending.CLOSED_AT_SOURCE),
    "diarsipkan oleh admin": (ReportState.CLOSED, Ending.ARCHIVED),
    "diarsipkan oleh sistem": (ReportState.CLOSED, Ending.ARCHIVED),
    "diarsipkan oleh pelapor": (ReportState.CLOSED, Ending.WITHDRAWN),
}
DATE_FORMATS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y")
TIME_FORMATS = ("%H:%M:%S", "%H:%M", "%H.%M")


def read(row: Mapping[str, str], zone: tzinfo) -> ImportedCase:
    """The row as a case. Raises BadRow with the reason."""
    if None in row:  # the reader's name for cells that no column is called after
        raise BadRow(Why.TOO_MANY_CELLS)
    value = {name: (text or "").strip() for name, text in row.items() if name is not None}
    for name in REQUIRED:
        if not value.get(name):
            raise BadRow(Why.COLUMN_EMPTY, column=name)
    kind, is_supervisory = _known(KINDS, value, "Klasifikasi Laporan")
    state, ending = _known(STATES, value, "Status Laporan")
    flags = value.get("Tipe Laporan (Anonim/Rahasia)", "").casefold()
    received_at = _moment(value, zone)
    return ImportedCase(
        source_id=value["Tracking ID"],
        received_at=received_at,
        kind=kind,
        is_supervisory=is_supervisory,
        is_anonymous="anonim" in flags,
        is_confidential="rahasia" in flags,
        title=value["Judul Laporan"],
        text=value.get("Isi Laporan Awal", ""),
        public_text=value.get("Isi Laporan Akhir", ""),
        reporter_name=value.get("Nama Pelapor", ""),
        category=value.get("Kategori", ""),
        agency=value.get("Instansi Terdisposisi", ""),
        district=value.get("Kecamatan", ""),
        village=value.get("Kelurahan", ""),
        state=state,
        ending=ending,
        # The export dates nothing after the receipt, so an ending stands at the only date there is.
        ended_at=received_at if ending else None,
        response_exclusion=NO_ANSWER_TIMES,
        resolution_exclusion=NO_CLOSING_TIMES,
    )


def _known(table: Mapping[str, T], value: Mapping[str, str], column: str) -> T:
    try:
        return table[value[column].casefold()]
    except KeyError:
        raise BadRow(Why.UNKNOWN_VALUE, column=column, text=value[column]) from None


def _moment(value: Mapping[str, str], zone: tzinfo) -> datetime:
    day, clock = value["Tanggal Laporan Masuk"], value.get("Waktu Laporan Masuk", "") or "00:00"
    for date_format in DATE_FORMATS:
        for time_format in TIME_FORMATS:
            try:
                naive = datetime.strptime(f"{day} {clock}", f"{date_format} {time_format}")  # noqa: DTZ007  # zone below
            except ValueError:
                continue
            return naive.replace(tzinfo=zone)
    raise BadRow(Why.NOT_A_DATE, text=f"{day} {clock}")
