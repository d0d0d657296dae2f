"""What kinds, states and endings are called on pages."""

from typing import Any

from portal.assignments.rules import Verdict
from portal.i18n import _l, get_locale
from portal.reports.masking import Kind as PersonalData
from portal.reports.rules import Channel, Ending, ReportKind, ReportState

KIND = {
    ReportKind.COMPLAINT: _l("Pengaduan"),
    ReportKind.SUGGESTION: _l("Aspirasi"),
    ReportKind.INFORMATION_REQUEST: _l("Permintaan informasi"),
}
CHANNEL = {
    Channel.WEB: _l("Situs ini"),
    Channel.COUNTER: _l("Loket"),
    Channel.PHONE: _l("Telepon"),
    Channel.LETTER: _l("Surat tertulis"),
    Channel.CHAT: _l("Pesan singkat"),
    Channel.EMAIL: _l("Surel"),
    Channel.OPEN311: _l("Aplikasi lain"),
    Channel.IMPORT: _l("Sistem lain"),
}
STATE = {
    ReportState.SUBMITTED: _l("Menunggu verifikasi"),
    ReportState.OPEN: _l("Sedang ditangani"),
    ReportState.ANSWERED: _l("Sudah dijawab"),
    ReportState.CLOSED: _l("Selesai"),
}
ENDING = {
    Ending.SOLVED: _l("Selesai menurut pelapor"),
    Ending.PARTLY: _l("Selesai sebagian menurut pelapor"),
    Ending.SILENCE: _l("Ditutup karena pelapor tidak menanggapi"),
    Ending.REFUSED: _l("Ditolak"),
    Ending.ARCHIVED: _l("Diarsipkan karena belum lengkap"),
    Ending.WITHDRAWN: _l("Ditarik oleh pelapor"),
    Ending.MERGED: _l("Digabungkan dengan laporan lain"),
    Ending.DISPUTED: _l("Ditutup moderator, pelapor menyatakan belum selesai"),
    Ending.CLOSED_AT_SOURCE: _l("Ditutup di sistem asalnya"),
}
VERDICT = {
    Verdict.SOLVED: _l("Sudah selesai"),
    Verdict.PARTLY: _l("Baru sebagian"),
    Verdict.NOT: _l("Belum selesai"),
}
PERSONAL_DATA = {
    PersonalData.IDENTITY_NUMBER: _l("nomor NIK atau KK"),
    PersonalData.PHONE: _l("nomor telepon"),
    PersonalData.EMAIL: _l("alamat surel"),
    PersonalData.PLATE: _l("nomor polisi kendaraan"),
    PersonalData.NAME: _l("nama orang"),
}


def category_name(category: Any) -> str:
    """The category's name in the page's language; takes a category or a row with its names."""
    return str(category.name_en if str(get_locale()) == "en" else category.name_id)
