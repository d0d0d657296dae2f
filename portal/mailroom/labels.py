"""What became of a mail, in words."""

from collections.abc import Callable

from portal.i18n import _l, ngettext
from portal.mailroom.rules.states import MailState, Reason

STATE = {
    MailState.WAITING: _l("Menunggu"),
    MailState.TAKEN: _l("Diterima"),
    MailState.REFUSED: _l("Ditolak"),
    MailState.AUTOMATIC: _l("Balasan otomatis"),
    MailState.BOUNCE: _l("Surat kembali"),
    MailState.UNREADABLE: _l("Tidak terbaca"),
}
TONE = {
    MailState.TAKEN: "met",
    MailState.REFUSED: "late",
    MailState.UNREADABLE: "late",
    MailState.WAITING: "wait",
}
# By the kind before the colon in `InboundMail.became`.
BECAME = {
    "message": _l("Keterangan dari pelapor"),
    "response": _l("Tanggapan petugas"),
    "pending": _l("Jawaban yang menunggu persetujuan"),
    "extension": _l("Keputusan perpanjangan waktu"),
    "post": _l("Tulisan forum"),
    "comment": _l("Komentar"),
    "draft": _l("Draf laporan yang menunggu pengirimnya"),
}
# Whole sentences, as the sender reads them.
REASON = {
    Reason.UNKNOWN_ADDRESS: _l(
        "Alamat yang Anda kirimi tidak kami kenal. Balaslah langsung surat dari portal."
    ),
    Reason.EXPIRED: _l("Surat yang Anda balas sudah terlalu lama. Silakan menanggapi lewat portal."),
    Reason.OTHER_SENDER: _l(
        "Surat yang Anda balas dikirim ke alamat lain. Balaslah dari alamat yang menerima surat itu, "
        "atau tanggapi lewat portal."
    ),
    Reason.NO_REPLY: _l("Surat itu tidak dapat dibalas. Silakan menanggapi lewat portal."),
    Reason.NOT_ALLOWED: _l("Anda tidak lagi dapat menanggapi urusan ini."),
    Reason.EMPTY: _l("Kami tidak menemukan tulisan Anda. Tulislah balasan di atas surat yang dikutip."),
    Reason.TOO_LONG: _l("Balasan Anda terlalu panjang. Singkatkan, atau tulis lewat portal."),
    Reason.TOO_LARGE: _l("Surat Anda terlalu besar. Kirim tanpa lampiran; foto dapat dikirim lewat portal."),
    Reason.MALFORMED: _l("Surat Anda tidak dapat kami baca. Silakan menanggapi lewat portal."),
    Reason.TOO_MANY: _l("Anda mengirim banyak balasan dalam satu jam. Coba lagi nanti."),
    Reason.UNDECIDED: _l("Tulis SETUJU atau TOLAK sendirian di baris pertama, atau putuskan lewat portal."),
    Reason.ELSEWHERE: _l("Jawaban untuk urusan ini ditulis di halamannya sendiri di portal."),
    Reason.NO_SUCH_MATTER: _l("Urusan ini tidak ada lagi."),
    Reason.INTAKE_MANY: _l(
        "Anda sudah mengirim banyak surat laporan hari ini. Buat laporan berikutnya langsung di portal."
    ),
    Reason.INTAKE_EMPTY: _l(
        "Kami tidak menemukan tulisan di surat Anda. Tulis apa yang terjadi, sejak kapan, dan di mana."
    ),
    Reason.INTAKE_SENDER: _l("Surat itu tidak menyebut alamat pengirim yang dapat dibalas."),
    Reason.FLOOD: _l("Terlalu banyak surat datang sekaligus selama sehari penuh."),
    Reason.FAILED: _l("Surat ini tidak dapat diolah karena kesalahan sistem."),
}

# Called while a letter is written, so that they are in its reader's language.
PILE: dict[str, Callable[[int], str]] = {
    "overdue": lambda n: ngettext("%(num)s tugas terlambat:", "%(num)s tugas terlambat:", n),
    "today": lambda n: ngettext(
        "%(num)s tugas jatuh tempo hari ini:", "%(num)s tugas jatuh tempo hari ini:", n
    ),
    "week": lambda n: ngettext(
        "%(num)s tugas jatuh tempo minggu ini:", "%(num)s tugas jatuh tempo minggu ini:", n
    ),
    "waiting": lambda n: ngettext(
        "%(num)s tugas menunggu jawaban warga:", "%(num)s tugas menunggu jawaban warga:", n
    ),
}
WAITING: dict[str, Callable[[int], str]] = {
    "new": lambda n: ngettext(
        "%(num)s tugas baru sejak ringkasan yang lalu.", "%(num)s tugas baru sejak ringkasan yang lalu.", n
    ),
    "extensions": lambda n: ngettext(
        "%(num)s permohonan perpanjangan menunggu keputusan Anda.",
        "%(num)s permohonan perpanjangan menunggu keputusan Anda.",
        n,
    ),
    "leaves": lambda n: ngettext(
        "%(num)s permohonan cuti menunggu keputusan Anda.",
        "%(num)s permohonan cuti menunggu keputusan Anda.",
        n,
    ),
    "unverified": lambda n: ngettext(
        "%(num)s laporan menunggu diverifikasi.", "%(num)s laporan menunggu diverifikasi.", n
    ),
    "returned": lambda n: ngettext(
        "%(num)s tugas dikembalikan ke meja verifikasi.", "%(num)s tugas dikembalikan ke meja verifikasi.", n
    ),
    "disputed": lambda n: ngettext(
        "%(num)s jawaban dibantah untuk kedua kali.", "%(num)s jawaban dibantah untuk kedua kali.", n
    ),
    "flagged": lambda n: ngettext(
        "%(num)s tulisan ditandai dan menunggu dibaca.", "%(num)s tulisan ditandai dan menunggu dibaca.", n
    ),
    "appeals": lambda n: ngettext(
        "%(num)s keberatan menunggu diputuskan.", "%(num)s keberatan menunggu diputuskan.", n
    ),
}
