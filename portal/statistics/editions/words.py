"""Editions in words: what a period is called, what a warning says, what groups and sections are named."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from portal.i18n import _, _l, format_date, format_month, format_number, ngettext
from portal.statistics.editions.documents import Caution
from portal.statistics.editions.rows import NONE, OTHER

GROUPS: dict[str, Any] = {
    "administration": _l("Administrasi dan pelayanan publik"),
    "economy": _l("Ekonomi dan pasar"),
    "education": _l("Pendidikan dan kebudayaan"),
    "environment": _l("Lingkungan dan kebersihan"),
    "health": _l("Kesehatan"),
    "infrastructure": _l("Jalan, drainase, dan penerangan"),
    "order": _l("Ketertiban"),
    "transport": _l("Perhubungan"),
    "welfare": _l("Kesejahteraan sosial"),
    OTHER: _l("Bidang lain, digabungkan"),
}
SECTIONS: dict[str, Any] = {
    "first_response": _l("Jawaban pertama"),
    "first_closure": _l("Penyelesaian pertama"),
    "lasting_closure": _l("Penyelesaian yang bertahan"),
    "working_time": _l("Waktu kerja dinas"),
    "on_time": _l("Tenggat yang ditepati"),
    "flow": _l("Arus dalam masa ini"),
    "stock": _l("Masih terbuka"),
    "failures": _l("Ternyata belum tuntas"),
    "handling": _l("Selama penanganan"),
    "satisfaction": _l("Penilaian pelapor"),
    "agencies": _l("Menurut dinas"),
    "categories": _l("Menurut kelompok bidang"),
}


def period(first_on: date, last_on: date) -> str:
    """Oktober 2026, or the first and the last day."""
    is_month = (
        first_on.day == 1 and (last_on + timedelta(days=1)).day == 1 and first_on.month == last_on.month
    )
    if is_month and first_on.year == last_on.year:
        return format_month(first_on)
    return str(_("%(first)s sampai %(last)s", first=format_date(first_on), last=format_date(last_on)))


def agency(code: str, names: dict[str, str]) -> str:
    """An agency's name as it was when the edition was prepared."""
    if code == OTHER:
        return str(_("Dinas lain, digabungkan"))
    if code == NONE:
        return str(_("Tanpa dinas: belum disalurkan, atau selesai di meja verifikasi"))
    return names.get(code, code)


def group(code: str) -> str:
    return str(GROUPS.get(code, code))


def warning(caution: Caution) -> str:
    """A warning as a sentence."""
    values = caution["values"]
    return str(_WARNINGS[caution["key"]](values))


def _few(values: dict[str, Any]) -> str:
    return ngettext(
        "Hanya %(count)s laporan diterima pada masa ini: selang ketidakpastiannya lebar.",
        "Hanya %(count)s laporan diterima pada masa ini: selang ketidakpastiannya lebar.",
        values["count"],
        count=format_number(values["count"]),
    )


def _joined_agencies(values: dict[str, Any]) -> str:
    return ngettext(
        "%(count)s dinas tidak disebut namanya karena angkanya terlalu kecil, atau agar angka kecil "
        "dinas lain tidak terungkap.",
        "%(count)s dinas tidak disebut namanya karena angkanya terlalu kecil, atau agar angka kecil "
        "dinas lain tidak terungkap.",
        values["count"],
        count=values["count"],
    )


def _excluded(values: dict[str, Any]) -> str:
    name = values["figure"]
    section = SECTIONS["working_time" if name.startswith("working") else name]
    return str(
        _(
            "%(section)s: %(count)s dari %(n)s laporan tidak dapat diukur.",
            section=section,
            count=format_number(values["count"]),
            n=format_number(values["n"]),
        )
    )


def _observed_shortly(values: dict[str, Any]) -> str:
    return ngettext(
        "Masa ini baru berakhir %(count)s hari sebelum batas data: penyelesaian yang bertahan baru dapat "
        "diamati sebagian.",
        "Masa ini baru berakhir %(count)s hari sebelum batas data: penyelesaian yang bertahan baru dapat "
        "diamati sebagian.",
        values["days"],
        count=values["days"],
    )


def _unknown_clocks(values: dict[str, Any]) -> str:
    return ngettext(
        "%(count)s tahap belum mempunyai tenggat, karena kalender belum memuat hari-harinya.",
        "%(count)s tahap belum mempunyai tenggat, karena kalender belum memuat hari-harinya.",
        values["count"],
        count=format_number(values["count"]),
    )


def _overlapping(values: dict[str, Any]) -> str:
    numbers = _listed(values["numbers"])
    return str(_("Sebagian hari masa ini juga dihitung dalam edisi %(numbers)s.", numbers=numbers))


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


_WARNINGS: dict[str, Any] = {
    "few": _few,
    "joined_agencies": _joined_agencies,
    "joined_categories": lambda _values: _(
        "Sebagian kelompok bidang digabungkan karena terlalu kecil, bersama semua laporan rahasia."
    ),
    "excluded": _excluded,
    "observed_shortly": _observed_shortly,
    "unknown_clocks": _unknown_clocks,
    "missing_calendar": lambda _values: _("Kalender kerja sebuah dinas belum dimuat."),
    "short_calendar": lambda _values: _("Kalender kerja tidak memuat semua hari sampai batas data."),
    "unsealed": lambda _values: _("Sebagian catatan pada masa ini belum disegel."),
    "overlapping": _overlapping,
}
