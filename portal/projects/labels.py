"""Words for phases: what residents can do in them."""

from datetime import date
from typing import Any

from portal.i18n import _, _l, format_date_short
from portal.projects.models import Phase
from portal.projects.rules import PhaseKind, Standing

KIND = {
    PhaseKind.INFORM: _l("Perkenalan"),
    PhaseKind.COLLECT: _l("Kumpulkan gagasan"),
    PhaseKind.ANNOTATE: _l("Beri catatan pada denah"),
    PhaseKind.PRIORITISE: _l("Pilih prioritas"),
    PhaseKind.DECIDE: _l("Keputusan"),
    PhaseKind.BUILD: _l("Pembangunan"),
    PhaseKind.EVALUATE: _l("Sudah sesuai?"),
}
STANDING = {Standing.AHEAD: _l("Akan datang"), Standing.OPEN: _l("Sekarang"), Standing.OVER: _l("Selesai")}


def name(phase: Phase) -> Any:
    """What the phase is called: its own title where it has one."""
    return phase.title or KIND[phase.kind]


def when(phase: Phase, standing: Standing, today: date) -> str:
    """ "sampai 6 Des", "mulai 5 Jan 2027", once it is over "6 Des"; the year only where it is another one."""
    if standing == Standing.AHEAD:
        return _("mulai %(day)s", day=_day(phase.opens_on, today))
    day = _day(phase.closes_on, today)
    return day if standing == Standing.OVER else _("sampai %(day)s", day=day)


def _day(day: date, today: date) -> str:
    text = format_date_short(day)
    return text.removesuffix(f" {day.year}") if day.year == today.year else text
