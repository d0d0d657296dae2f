"""Groups of letters and ways of being told, in words."""

from dataclasses import dataclass
from typing import Any

from portal.i18n import _l
from portal.notifications.rules import Channel, Group


@dataclass(frozen=True)
class Label:
    """A group by its name, and what comes in it."""

    name: Any
    hint: Any


LABEL = {
    Group.OWN_REPORT: Label(
        _l("Laporan saya"), _l("Diterima, diteruskan, dijawab, ditolak, atau tenggatnya berubah.")
    ),
    Group.FOLLOWED_REPORT: Label(
        _l("Laporan yang saya ikuti"), _l("Tanggapan untuk laporan yang Anda ikuti atau dukung.")
    ),
    Group.FORUM: Label(_l("Forum"), _l("Tulisan baru dan jawaban resmi di utas yang Anda ikuti.")),
    Group.IDEAS: Label(
        _l("Gagasan dan catatan denah"),
        _l("Balasan dan status gagasan atau catatan Anda dan yang Anda dukung."),
    ),
    Group.PROJECTS: Label(
        _l("Rencana bersama"), _l("Tahap yang dibuka, denah baru, hasil suara, dan laporan bulanan.")
    ),
    Group.MEETINGS: Label(_l("Pertemuan"), _l("Undangan, perubahan, pembatalan, dan notulen.")),
    Group.SURVEYS: Label(_l("Undangan survei"), _l("Paling banyak dua surat untuk setiap survei.")),
    Group.DUTY: Label(
        _l("Tugas saya"), _l("Tugas baru, balasan warga, perubahan tenggat, dan pengingat separuh waktu.")
    ),
    Group.TEAM: Label(_l("Tim saya"), _l("Permohonan bawahan, dan tugas mereka yang hampir jatuh tempo.")),
    Group.TRIAGE: Label(
        _l("Meja verifikasi dan edisi"), _l("Utas yang menunggu dinas dan edisi yang menunggu konfirmasi.")
    ),
    Group.SUMMARY: Label(
        _l("Ringkasan pagi"),
        _l(
            "Satu surat sehari dengan kabar yang Anda pilih untuk diringkas; "
            "bagi petugas juga yang menunggu di meja kerja, saat kantor buka."
        ),
    ),
    Group.ACCOUNT: Label(
        _l("Akun"),
        _l("Konfirmasi alamat, kata sandi baru, undangan bertugas, dan nomor laporan yang diminta."),
    ),
    Group.ASKED: Label(
        _l("Pertanyaan kepada Anda"),
        _l("Petugas atau moderator menunggu jawaban Anda, dan ada batas waktunya."),
    ),
    Group.OVERDUE: Label(_l("Tugas yang jatuh tempo"), _l("Batas waktu kepada warga tiba atau terlewati.")),
    Group.MODERATION: Label(
        _l("Keputusan moderator"),
        _l("Tulisan Anda disembunyikan atau tampil lagi; Anda berhak berkeberatan."),
    ),
    Group.MAIL: Label(
        _l("Balasan yang gagal"), _l("Pemberitahuan bila balasan surel Anda tidak dapat kami terima.")
    ),
}

CHANNEL = {
    Channel.LETTER: _l("Surel dan portal"),
    Channel.SUMMARY: _l("Portal, diringkas sehari sekali"),
    Channel.PORTAL: _l("Hanya di portal"),
    Channel.NONE: _l("Tidak sama sekali"),
}
SUMMARY_CHANNEL = {
    Channel.LETTER: _l("Kirim"),
    Channel.NONE: _l("Jangan kirim"),
}
