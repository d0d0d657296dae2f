"""The words for reasons, actions and standings."""

from typing import Any

from portal.i18n import _l
from portal.moderation.rules import Action, Reason, Standing

REASON: dict[Reason, Any] = {
    Reason.ABUSE: _l("Menghina, mengancam, atau mempermalukan orang"),
    Reason.HATE: _l("Merendahkan suku, agama, ras, atau golongan"),
    Reason.PERSONAL_DATA: _l("Memuat data pribadi orang lain"),
    Reason.ACCUSATION: _l("Menuduh orang tertentu tanpa dasar"),
    Reason.INDECENT: _l("Asusila, kekerasan, atau membahayakan anak"),
    Reason.UNLAWFUL: _l("Mengajak atau membantu melanggar hukum"),
    Reason.SPAM: _l("Iklan, kiriman berulang, atau tautan tipuan"),
    Reason.OFF_TOPIC: _l("Di luar pokok pembicaraan"),
}

RULE: dict[Reason, Any] = {
    Reason.ABUSE: _l(
        "Kritik pekerjaannya sekeras apa pun boleh; menghina, mengancam, atau mempermalukan orangnya tidak."
    ),
    Reason.HATE: _l(
        "Tidak ada kalimat yang merendahkan orang karena suku, agama, ras, jenis kelamin, atau "
        "disabilitasnya."
    ),
    Reason.PERSONAL_DATA: _l(
        "Jangan menulis NIK, nomor telepon, alamat rumah, atau pelat kendaraan orang lain, juga "
        "jangan memotret wajah tanpa izin."
    ),
    Reason.ACCUSATION: _l(
        "Ceritakan apa yang Anda lihat dan kapan. Dugaan korupsi atau kejahatan disampaikan lewat "
        "laporan rahasia, bukan di forum."
    ),
    Reason.INDECENT: _l("Tidak ada gambar atau tulisan asusila, kekerasan, atau yang membahayakan anak."),
    Reason.UNLAWFUL: _l("Tidak ada ajakan atau bantuan untuk melanggar hukum."),
    Reason.SPAM: _l("Tidak ada iklan, kiriman yang sama berulang-ulang, atau tautan yang menipu."),
    Reason.OFF_TOPIC: _l("Bicarakan satu pokok di satu tempat; pokok lain layak mendapat tempatnya sendiri."),
}

ACTION: dict[Action, Any] = {
    Action.HIDDEN_BY_FLAGS: _l("Disembunyikan sementara oleh tanda warga"),
    Action.HIDDEN: _l("Disembunyikan moderator"),
    Action.KEPT: _l("Diperiksa dan tetap tampil"),
    Action.LOCKED: _l("Dikunci untuk tulisan baru"),
    Action.UNLOCKED: _l("Dibuka lagi untuk tulisan baru"),
    Action.LOCK_UPHELD: _l("Keberatan ditolak, tetap dikunci"),
    Action.UPHELD: _l("Keberatan ditolak, tetap disembunyikan"),
    Action.RESTORED: _l("Ditampilkan kembali"),
}

STANDING: dict[Standing, Any] = {
    Standing.NEW: _l("akun baru"),
    Standing.ORDINARY: _l("warga"),
    Standing.TRUSTED: _l("penanda tepercaya"),
}

KIND: dict[str, Any] = {
    "report": _l("Laporan"),
    "thread": _l("Utas"),
    "post": _l("Tulisan forum"),
    "idea": _l("Gagasan"),
    "comment": _l("Komentar"),
    "pin": _l("Catatan pada denah"),
}
