"""A complaint, a suggestion and a request for information, each asked for in its own words."""

from dataclasses import dataclass
from typing import Any

from portal.i18n import _l
from portal.reports.rules import ReportKind


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What the pages of filing say for one kind. `title_missing` and `body_missing` are the error texts."""

    meaning: Any
    title: Any
    title_hint: Any
    title_missing: Any
    body: Any
    body_hint: Any
    body_missing: Any
    check: Any
    send: Any
    received: Any


OF = {
    ReportKind.COMPLAINT: Wording(
        meaning=_l("Ada yang rusak, tidak jalan, atau tidak semestinya."),
        title=_l("Judul singkat"),
        title_hint=_l("Satu kalimat, misalnya: Lampu jalan mati di depan mushala."),
        title_missing=_l("Tulis judul singkat, misalnya: Lampu jalan mati di depan mushala."),
        body=_l("Ceritanya"),
        body_hint=_l("Apa yang terjadi, sejak kapan, dan siapa yang terganggu."),
        body_missing=_l("Ceritakan apa yang terjadi, sejak kapan, dan di mana."),
        check=_l("Periksa pengaduan Anda, lalu kirim"),
        send=_l("Kirim pengaduan"),
        received=_l("Pengaduan Anda sudah kami terima"),
    ),
    ReportKind.SUGGESTION: Wording(
        meaning=_l("Usul atau gagasan untuk kota."),
        title=_l("Usul Anda dalam satu kalimat"),
        title_hint=_l("Misalnya: Beri tempat menyeberang di depan sekolah."),
        title_missing=_l("Tulis usul Anda, misalnya: Beri tempat menyeberang di depan sekolah."),
        body=_l("Apa yang sebaiknya berubah?"),
        body_hint=_l("Bagaimana keadaannya sekarang, apa yang sebaiknya berubah, dan mengapa."),
        body_missing=_l("Tulis apa yang sebaiknya berubah, dan mengapa."),
        check=_l("Periksa usul Anda, lalu kirim"),
        send=_l("Kirim usul"),
        received=_l("Usul Anda sudah kami terima"),
    ),
    ReportKind.INFORMATION_REQUEST: Wording(
        meaning=_l("Anda ingin tahu sesuatu dari pemerintah kota."),
        title=_l("Informasi yang Anda cari"),
        title_hint=_l("Misalnya: Jadwal pengangkutan sampah di kelurahan kami."),
        title_missing=_l("Tulis informasi yang Anda cari, misalnya: Jadwal pengangkutan sampah."),
        body=_l("Apa yang ingin Anda ketahui?"),
        body_hint=_l("Data, dokumen, atau penjelasan apa. Makin jelas, makin cepat ditemukan."),
        body_missing=_l("Tulis data, dokumen, atau penjelasan apa yang Anda minta."),
        check=_l("Periksa permintaan Anda, lalu kirim"),
        send=_l("Kirim permintaan"),
        received=_l("Permintaan informasi Anda sudah kami terima"),
    ),
}


def of(kind: str) -> Wording:
    """Of a kind as forms and drafts name it; whatever is unknown is a complaint."""
    return OF[ReportKind(kind)] if kind in list(ReportKind) else OF[ReportKind.COMPLAINT]
