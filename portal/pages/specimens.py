"""Invented values for the styleguide: each component in each of its states."""

from datetime import date, timedelta
from typing import Any

import segno
from markupsafe import Markup
from wtforms import (
    BooleanField,
    FileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    validators,
    widgets,
)

from portal.forms import Form, choices
from portal.i18n import _, format_date

PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'%3E"
    "%3Cpath fill='%2386c9d8' d='M0 0h4v3H0z'/%3E%3Cpath fill='%230f4c5c' d='M0 3l1.5-1.6L3 3z'/%3E%3C/svg%3E"
)
STATES = {"r": "ran", "n": "now", "w": "waiting", "o": "off", "l": "left", "v": "over"}


class SampleForm(Form):
    title = StringField("Apa yang terjadi?", [validators.InputRequired("Tulis apa yang terjadi.")])
    body = TextAreaField("Ceritakan lebih lengkap")
    area = SelectField(
        "Wilayah",
        choices=choices([("", "Pilih wilayah"), ("1", "Medan Amplas"), ("2", "Medan Denai")]),
        validate_choice=False,
    )
    kind = RadioField(
        "Jenis laporan",
        [validators.InputRequired("Pilih jenis laporan.")],
        choices=choices([("complaint", "Pengaduan"), ("suggestion", "Usulan")]),
    )
    who = SelectMultipleField(
        "Siapa yang boleh tahu ini dari Anda?",
        choices=choices([("anonymous", "Sembunyikan nama saya"), ("confidential", "Rahasiakan isi laporan")]),
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False),
    )
    photo = FileField("Foto")
    consent = BooleanField("Kabari saya lewat surel")


def values() -> dict[str, Any]:
    """Everything that the styleguide draws."""
    return {
        "clocks_shown": _clocks(),
        "loom_days": _days(date(2026, 11, 13), "orwwoorrroonL"),
        "photos": [{"url": "#surfaces", "thumb_url": PICTURE, "alt": "Gambar contoh"}] * 3,
        "qr": Markup(  # noqa: S704  # drawn by segno from a fixed text
            segno.make("MDN-26-004812", micro=False).svg_inline(border=2, omitsize=True)
        ),
        "form": SampleForm(meta={"csrf": False}, prefix="blank-"),
        "wrong_form": _wrong_form(),
        "long_days": _days(
            date(2026, 1, 5), "o" + "rrrroo" + "rrrrroo" * 8 + "rrnlloo" + "lllllool" * 4 + "llL"
        ),
        "strips": {
            "running": _days(date(2026, 11, 16), "rrnlL"),
            "late": _days(date(2026, 11, 11), "rrroorrRvv"),
            "waiting": _days(date(2026, 11, 16), "orwwwoowlllL"),
            "met": _days(date(2026, 11, 16), "orlllooL"),
        },
    }


def _wrong_form() -> SampleForm:
    form = SampleForm(
        formdata=None, meta={"csrf": False}, prefix="wrong-", body="Lampu jalan mati sejak Senin."
    )
    form.validate()
    return form


def _days(first: date, pattern: str) -> list[dict[str, Any]]:
    """One letter for each day (see STATES); a capital letter is the due day."""
    days = []
    for offset, letter in enumerate(pattern):
        on = first + timedelta(days=offset)
        state = STATES[letter.lower()]
        days.append(
            {
                "on": on,
                "state": state,
                "is_due": letter.isupper(),
                "label": format_date(on),
                "reason": _reasons()[state],
            }
        )
    return days


def _reasons() -> dict[str, str]:
    return {
        "ran": _("Hari kerja, dihitung."),
        "now": _("Hari ini, masih berjalan."),
        "waiting": _("Tidak dihitung: petugas menunggu jawaban warga."),
        "off": _("Tidak dihitung: akhir pekan atau hari libur."),
        "left": _("Hari kerja yang masih tersisa."),
        "over": _("Hari kerja setelah jatuh tempo."),
    }


def _clock(
    tone: str, headline: str, stage: str, sentence: str, due: str, days: Any, note: str | None = None
) -> Any:
    return {
        "tone": tone,
        "headline": headline,
        "stage_label": stage,
        "sentence": sentence,
        "due_text": due,
        "days": days,
        "explain_url": "#clocks",
        "note": note,
    }


def _clocks() -> list[Any]:
    due = "Kamis 3 Desember 2026, 16.00 WIB"
    overdue = "Rabu 18 November 2026, 16.00 WIB"
    return [
        _clock(
            "running",
            "9 hari kerja lagi",
            "Penyelesaian, 14 hari kerja",
            f"Jatuh tempo {due}.",
            due,
            _days(date(2026, 11, 13), "ooorrrrnoollllloolllL"),
        ),
        _clock(
            "waiting",
            "Menunggu jawaban Anda",
            "Penyelesaian, 14 hari kerja",
            f"Jika Anda menjawab hari ini, jatuh tempo {due}.",
            due,
            _days(date(2026, 11, 13), "ooorwwwwoowlllloolllL"),
            "Jam petugas berhenti sejak Selasa, paling lama 10 hari kerja.",
        ),
        _clock(
            "late",
            "Terlambat 2 hari kerja",
            "Tanggapan, 5 hari kerja",
            f"Seharusnya {overdue}.",
            overdue,
            _days(date(2026, 11, 11), "orroorrRvv"),
            "Atasan sudah diberi tahu.",
        ),
        _clock(
            "late",
            "Terlambat 38 hari kerja",
            "Tanggapan, 5 hari kerja",
            f"Seharusnya {overdue}.",
            overdue,
            _days(date(2026, 11, 11), "orroorrR" + "vvoovvv" * 8),
        ),
        _clock(
            "met",
            "Ditepati dalam 2 hari kerja",
            "Tanggapan, 5 hari kerja",
            "Dijawab Selasa 17 November 2026, 10.05 WIB; jatuh tempo Jumat 20 November 2026.",
            "",
            _days(date(2026, 11, 13), "ooorrlllL"),
        ),
        _clock(
            "unknown",
            "Tenggat belum diketahui",
            "Penyelesaian, 14 hari kerja",
            "Kalender kerja tahun 2028 belum ditetapkan. Tenggat dihitung begitu kalender itu ada.",
            "",
            [],
        ),
    ]
