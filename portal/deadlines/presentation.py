"""Clocks in words: what the woven deadline shows, and the sentence beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from portal.deadlines.rules import explanation
from portal.deadlines.rules.engine import Reckoning
from portal.deadlines.rules.explanation import Day, DayState, Explanation, Reason, explain
from portal.deadlines.rules.policy import Unit
from portal.deadlines.rules.reckoning import StageReckoning, StageState
from portal.deadlines.rules.stages import Stage
from portal.i18n import _, _l, format_date, format_datetime, ngettext

STAGE_NAMES = {
    Stage.VERIFY: _l("Verifikasi"),
    Stage.RESPOND: _l("Tanggapan pertama"),
    Stage.RESOLVE: _l("Penyelesaian"),
}
TONES = {
    StageState.RUNNING: "running",
    StageState.PAUSED: "waiting",
    StageState.UNKNOWN: "unknown",
    StageState.MET: "met",
    StageState.ENDED: "unknown",
}
OVER_SHOWN = 12  # past this many days the drawing frays; the headline says how many there are


class DayValue(NamedTuple):
    """A day as the clock macros take it."""

    on: object
    state: str
    is_due: bool
    label: str = ""
    reason: str = ""


@dataclass(frozen=True)
class ClockValue:
    """One stage as `clocks.panel` takes it. Words are made when asked for: a list needs few of them."""

    reckoning: StageReckoning
    whole: Reckoning
    explain_url: str | None = None

    def with_link(self, url: str) -> "ClockValue":
        """The same clock, leading to the page that explains it."""
        return replace(self, explain_url=url)

    @property
    def stage(self) -> Stage:
        return self.reckoning.stage

    @property
    def due_at(self) -> datetime | None:
        return self.reckoning.due_at

    @property
    def met_at(self) -> datetime | None:
        return self.reckoning.met_at

    @property
    def is_paused(self) -> bool:
        return self.reckoning.state is StageState.PAUSED

    @property
    def is_late(self) -> bool:
        return self.reckoning.is_late

    @property
    def if_resumed_due_at(self) -> datetime | None:
        return self.reckoning.if_resumed_due_at

    @property
    def tone(self) -> str:
        return "late" if self.reckoning.is_late else TONES[self.reckoning.state]

    @cached_property
    def explained(self) -> Explanation:
        return explain(self.reckoning)

    @cached_property
    def days(self) -> list[DayValue]:
        """The woven strip: without day zero, and with no more overdue days than are drawn."""
        drawn: list[DayValue] = []
        over = 0
        for day in explanation.days_of(self.reckoning):
            over += day.state is DayState.OVER
            if over > OVER_SHOWN:
                break
            if day.reason is not Reason.ZERO:
                drawn.append(DayValue(day.on, day.state.value, day.is_due))
        return drawn

    @property
    def stage_label(self) -> str:
        name = str(STAGE_NAMES[self.stage])
        limit = self.reckoning.limit
        if limit is None:
            return _("%(stage)s, menurut sistem asalnya", stage=name)
        return f"{name}, {amount_text(limit.amount, limit.unit)}"

    @property
    def headline(self) -> str:
        return HEADLINES[self.reckoning.state](self)

    @property
    def due_text(self) -> str:
        due_at = self.reckoning.if_resumed_due_at if self.is_paused else self.due_at
        return format_datetime(due_at) if due_at else ""

    @property
    def sentence(self) -> str:
        return _sentence(self.reckoning, self.due_text)

    @property
    def note(self) -> str | None:
        return _note(self.reckoning)


def clock_values(reckoning: Reckoning) -> list[ClockValue]:
    """A clock's stages, one by one."""
    return [ClockValue(stage, reckoning) for stage in reckoning.stages.values()]


def amount_text(amount: int, unit: Unit) -> str:
    """14 hari kerja; 3 jam kerja; 45 menit jam kerja."""
    if unit is Unit.DAYS:
        return ngettext("%(num)s hari kerja", "%(num)s hari kerja", amount)
    if amount % 60 == 0:
        return ngettext("%(num)s jam kerja", "%(num)s jam kerja", amount // 60)
    return ngettext("%(num)s menit jam kerja", "%(num)s menit jam kerja", amount)


# Headlines, by state


def _running(value: ClockValue) -> str:
    if value.is_late:
        over = explanation.over_days(value.reckoning, lambda: value.explained)
        if over == 0:
            return _("Lewat tenggat hari ini")
        return ngettext("Terlambat %(num)s hari kerja", "Terlambat %(num)s hari kerja", over)
    if value.reckoning.limit is not None and value.reckoning.limit.unit is Unit.MINUTES:
        return _time_left(value.reckoning)
    if value.reckoning.is_imported:
        return _("Belum selesai")
    left = explanation.days_left(value.reckoning)
    if left == 0:
        return _("Jatuh tempo hari ini")
    return ngettext("%(num)s hari kerja lagi", "%(num)s hari kerja lagi", left)


def _time_left(stage: StageReckoning) -> str:
    left = max(stage.needed - (stage.used or 0), 0)
    whole = left - left % 60 if left >= 60 else left
    return _("Sisa %(time)s", time=amount_text(whole, Unit.MINUTES))


def _paused(value: ClockValue) -> str:
    return _("Menunggu jawaban warga")


def _unknown(value: ClockValue) -> str:
    return _("Tanpa tenggat") if value.reckoning.is_imported else _("Tenggat belum diketahui")


def _met(value: ClockValue) -> str:
    if value.is_late:
        over = value.explained.over
        if over == 0:
            return _("Selesai, lewat tenggat")
        return ngettext(
            "Selesai, terlambat %(num)s hari kerja", "Selesai, terlambat %(num)s hari kerja", over
        )
    if value.due_at is None:
        return _("Selesai")
    if value.reckoning.is_imported:
        return _("Ditepati")
    ran = sum(day.number is not None and day.state is DayState.RAN for day in value.explained.days)
    if ran == 0:
        return _("Ditepati dalam kurang dari 1 hari kerja")
    return ngettext("Ditepati dalam %(num)s hari kerja", "Ditepati dalam %(num)s hari kerja", ran)


def _ended(value: ClockValue) -> str:
    return _("Berakhir tanpa jawaban")


HEADLINES = {
    StageState.RUNNING: _running,
    StageState.PAUSED: _paused,
    StageState.UNKNOWN: _unknown,
    StageState.MET: _met,
    StageState.ENDED: _ended,
}


# Sentences


def _sentence(stage: StageReckoning, due: str) -> str:
    if not due:
        return _unknown_sentence(stage)
    if stage.met_at:
        return _("Selesai %(at)s. Tenggatnya %(due)s.", at=format_datetime(stage.met_at), due=due)
    if stage.ended_at:
        return _("Berakhir %(at)s. Tenggatnya %(due)s.", at=format_datetime(stage.ended_at), due=due)
    if stage.state is StageState.PAUSED:
        return _("Jika warga menjawab hari ini, jatuh tempo %(due)s.", due=due)
    if stage.is_late:
        return _("Seharusnya selesai %(due)s.", due=due)
    return _("Jatuh tempo %(due)s.", due=due)


def _unknown_sentence(stage: StageReckoning) -> str:
    if stage.calendar is None:
        return _("Sistem asalnya tidak memberi tenggat.")
    return _(
        "Tenggat dihitung begitu kalender kerja setelah %(day)s ditetapkan.",
        day=format_date(stage.calendar.covered_to),
    )


def _note(stage: StageReckoning) -> str | None:
    if stage.state is StageState.PAUSED:
        return _("Hitungan waktu berhenti sejak %(day)s.", day=format_date(stage.pauses[-1].start))
    if stage.extension and stage.original_due_at:
        unit = stage.limit.unit if stage.limit else Unit.DAYS
        return _(
            "Diperpanjang %(amount)s; tenggat semula %(day)s.",
            amount=amount_text(stage.extension, unit),
            day=format_datetime(stage.original_due_at),
        )
    if len(stage.spans) > 1:
        return _("Dibuka kembali %(day)s dengan sisa harinya.", day=format_date(stage.spans[-1].from_at))
    return None


# Days in words


def day_values(days: Sequence[Day], stage: StageReckoning) -> list[DayValue]:
    """Days with their names and reasons, for the explanation page."""
    return [
        DayValue(day.on, day.state.value, day.is_due, format_date(day.on), reason_text(day, stage))
        for day in days
    ]


def reason_text(day: Day, stage: StageReckoning) -> str:
    """Why a day counts or not, in a few words."""
    if day.reason is Reason.COUNTED:
        return _counted_text(day)
    if day.reason is Reason.ZERO:
        return str(ZERO_TEXTS[stage.stage])
    return str(REASON_TEXTS[day.reason]) % {"name": day.holiday}


def _counted_text(day: Day) -> str:
    if day.minutes is not None:
        return ngettext("%(num)s menit dihitung", "%(num)s menit dihitung", day.minutes)
    if day.regime:
        return _("Hari kerja ke-%(number)s, jam %(regime)s", number=day.number, regime=day.regime)
    return _("Hari kerja ke-%(number)s", number=day.number)


ZERO_TEXTS = {
    Stage.VERIFY: _l("Hari nol: laporan diterima. Hitungan mulai hari kerja berikutnya."),
    Stage.RESPOND: _l("Hari nol: diteruskan ke dinas. Hitungan mulai hari kerja berikutnya."),
    Stage.RESOLVE: _l("Hari nol: tugas dimulai. Hitungan mulai hari kerja berikutnya."),
}
REASON_TEXTS = {
    Reason.REOPENED: _l("Dibuka kembali. Hitungan berlanjut hari kerja berikutnya."),
    Reason.PAUSED: _l("Tidak dihitung: menunggu jawaban warga"),
    Reason.WEEKEND: _l("Tidak dihitung: akhir pekan"),
    Reason.NATIONAL: _l("Tidak dihitung: libur nasional, %(name)s"),
    Reason.JOINT_LEAVE: _l("Tidak dihitung: cuti bersama, %(name)s"),
    Reason.CLOSURE: _l("Tidak dihitung: kantor tutup, %(name)s"),
    Reason.STOPPED: _l("Tidak dihitung: selesai sebelum kantor tutup"),
    Reason.GAP: _l("Tidak dihitung: sedang ditutup"),
    Reason.OVER: _l("Lewat tenggat"),
}
