"""What became of imported files and rows, in words."""

from collections.abc import Mapping
from typing import Any

from portal.i18n import _l
from portal.reports.importers.outcomes import RowResult, RunState, Why
from portal.reports.labels import ENDING
from portal.reports.rules import Ending

STATE = {
    RunState.RUNNING: _l("Sedang diimpor"),
    RunState.DONE: _l("Selesai diimpor"),
    RunState.REFUSED: _l("Berkas ditolak"),
}
STATE_TONE = {RunState.RUNNING: "wait", RunState.DONE: "met", RunState.REFUSED: "late"}
RESULT = {
    RowResult.IMPORTED: _l("Diimpor"),
    RowResult.KNOWN: _l("Sudah ada"),
    RowResult.DIFFERS: _l("Sudah ada, berbeda"),
    RowResult.REFUSED: _l("Ditolak"),
}
RESULT_TONE = {RowResult.IMPORTED: "met", RowResult.DIFFERS: "wait", RowResult.REFUSED: "late"}
WHY = {
    Why.COLUMN_EMPTY: _l("kolom %(column)s kosong"),
    Why.SOURCE_ID_EMPTY: _l("nomor asal kosong"),
    Why.RECEIVED_EMPTY: _l("waktu diterima kosong"),
    Why.UNKNOWN_VALUE: _l("%(column)s '%(text)s' tidak dikenal"),
    Why.NOT_A_DATE: _l("tanggal %(text)s tidak dapat dibaca"),
    Why.NOT_A_TIME: _l("%(column)s '%(text)s' bukan waktu %(format)s"),
    Why.NOT_A_NUMBER: _l("%(column)s '%(text)s' bukan angka"),
    Why.UNKNOWN_AGENCY: _l("instansi '%(agency)s' tidak dikenal"),
    Why.UNKNOWN_CATEGORY: _l("bidang '%(category)s' tidak dikenal"),
    Why.NO_AGENCY: _l("laporan terbuka tanpa instansi"),
    Why.CLOSED_BEFORE_RECEIVED: _l("ditutup sebelum diterima"),
    Why.IN_THE_FUTURE: _l("diterima di masa depan"),
    Why.TOO_MANY_CELLS: _l("isi barisnya lebih banyak daripada kolomnya"),
    Why.OTHER_ENDING: _l("di sumbernya: %(there)s; di sini: %(here)s"),
    Why.BROKEN: _l("baris ini tidak dapat disimpan"),
    Why.NOT_A_FILE: _l("bukan berkas biasa (tautan, folder, atau perangkat)"),
    Why.UNREADABLE: _l("berkas tidak dapat dibuka oleh portal"),
    Why.TOO_LARGE: _l("berkas lebih besar dari %(megabytes)s MB"),
    Why.EMPTY: _l("berkas kosong"),
    Why.SPREADSHEET: _l("berkas lembar kerja (XLSX); simpan sebagai CSV lebih dahulu"),
    Why.NOT_TEXT: _l("berkas bukan teks"),
    Why.MISSING_COLUMNS: _l("kolom yang tidak ada: %(columns)s"),
    Why.BROKEN_CSV: _l("baris %(line)s tidak dapat dibaca sebagai CSV"),
}
UNENDED = _l("belum berakhir")


def tell(why: Why | None, values: Mapping[str, Any]) -> str:
    """The reason in words; empty where there is none."""
    if why is None:
        return ""
    if why is Why.OTHER_ENDING:
        values = {name: _ending(str(text)) for name, text in values.items()}
    return str(WHY[why]) % values


def _ending(code: str) -> str:
    return str(ENDING[Ending(code)] if code in set(Ending) else UNENDED)
