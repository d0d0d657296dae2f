"""The explanation page in words: the sum of each stage, its days month by month, and what happened."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby

from portal.deadlines.presentation import ClockValue, DayValue, amount_text, clock_values, day_values
from portal.deadlines.rules.engine import Reckoning
from portal.deadlines.rules.explanation import Day, Reason
from portal.deadlines.rules.ledger import Entry, EntryKind
from portal.deadlines.rules.policy import Unit
from portal.deadlines.rules.reckoning import StageReckoning
from portal.deadlines.rules.stages import Matter, Stage
from portal.i18n import (
    _,
    _l,
    format_date,
    format_date_short,
    format_datetime,
    format_month,
    language,
    ngettext,
)

LONG = 35  # more days than this are folded month by month
CEILING_MATTERS = (Matter.COMPLAINT, Matter.SUPERVISORY_COMPLAINT)


@dataclass(frozen=True)
class Fold:
    """Some of the days under a heading; `is_open` unfolds them from the start."""

    title: str
    days: list[DayValue]
    is_open: bool


@dataclass(frozen=True)
class StageExplanation:
    """One stage: its clock, the sum that makes the due time, and every day until then."""

    clock: ClockValue
    title: str
    basis: str
    sum: list[tuple[str, str]]
    total: str
    skipped: list[tuple[str, str]]
    folds: list[Fold]


@dataclass(frozen=True)
class Ceiling:
    """The legal ceiling in calendar days; crossed when the due time or today lies behind it."""

    on: date
    text: str
    is_crossed: bool


@dataclass(frozen=True)
class Happening:
    """One thing that moved the clock."""

    at: datetime
    when: str
    text: str


@dataclass(frozen=True)
class ExplanationValue:
    """All that the page shows, for one to three stages."""

    stages: list[StageExplanation]
    lapsed: list[ClockValue]
    happenings: list[Happening]
    ceiling: Ceiling | None

    @property
    def clocks(self) -> list[ClockValue]:
        """The clock of each stage, those that run first."""
        return [stage.clock for stage in self.stages]


@dataclass(frozen=True)
class Reasons:
    """Why clocks were recalculated: decrees by calendar version, reasons by application of a policy."""

    decrees: Mapping[int, str] = field(default_factory=dict)
    applications: Mapping[int, str] = field(default_factory=dict)


def explanation_value(
    ledgers: Sequence[Sequence[Entry]], reckonings: Sequence[Reckoning], reasons: Reasons
) -> ExplanationValue:
    """The page of a matter's clocks, verification first."""
    clocks = [clock for reckoning in reckonings for clock in clock_values(reckoning)]
    lapsed = [ClockValue(stage, reckoning) for reckoning in reckonings for stage in reckoning.lapsed]
    happenings = [
        found
        for entries, reckoning in zip(ledgers, reckonings, strict=True)
        for found in _happenings(entries, reckoning, reasons)
    ]
    return ExplanationValue(
        stages=[_stage(clock) for clock in sorted(clocks, key=lambda clock: not clock.reckoning.is_open)],
        lapsed=lapsed,
        happenings=sorted(happenings, key=lambda happening: happening.at),
        ceiling=ceiling(reckonings),
    )


def ceiling(reckonings: Iterable[Reckoning]) -> Ceiling | None:
    """The ceiling of a complaint, counted from the complete file: receipt, or the last reply before
    verification. None for other matters and for imported ones."""
    found = [one for one in reckonings if one.matter in CEILING_MATTERS]
    stages = [stage for one in found for stage in one.stages.values()]
    if not stages or any(stage.is_imported for stage in stages):
        return None
    policy, calendar = found[0].policy, found[0].city_calendar
    if policy is None or calendar is None:
        return None
    on = calendar.local_date(_complete_at(stages)) + timedelta(days=policy.ceiling_days)
    reached_at = max(_reached_at(stage) for stage in stages)
    text = _(
        "Batas menurut undang-undang: %(days)s hari kalender sejak berkas lengkap, yaitu %(day)s.",
        days=policy.ceiling_days,
        day=format_date(on),
    )
    return Ceiling(on, text, calendar.local_date(reached_at) > on)


def _complete_at(stages: Sequence[StageReckoning]) -> datetime:
    first = min(stages, key=lambda stage: stage.origin_at)
    replies = [pause.end for pause in first.pauses if pause.end and first.stage is Stage.VERIFY]
    return max([first.origin_at, *replies])


def _reached_at(stage: StageReckoning) -> datetime:
    """How long the stage took or will take, as far as known."""
    if stage.settled_at is not None:
        return stage.settled_at
    return max(stage.reckoned_at, stage.if_resumed_due_at or stage.reckoned_at)


def _stage(clock: ClockValue) -> StageExplanation:
    stage = clock.reckoning
    days = _until_due(clock.explained.days)
    return StageExplanation(
        clock=clock,
        title=str(TITLES[stage.stage]),
        basis=_basis(stage),
        sum=_sum(stage),
        total=amount_text(stage.needed, stage.limit.unit) if stage.limit else "",
        skipped=_skipped(days),
        folds=_folds(days, stage) if days else [],
    )


def _until_due(days: Sequence[Day]) -> Sequence[Day]:
    """Days up to the due day: what came later changed nothing about it."""
    due = next((place for place, day in enumerate(days, 1) if day.is_due), len(days))
    return days[:due]


TITLES = {
    Stage.VERIFY: _l("Verifikasi oleh kota"),
    Stage.RESPOND: _l("Tanggapan pertama dari dinas"),
    Stage.RESOLVE: _l("Penyelesaian"),
}


def _basis(stage: StageReckoning) -> str:
    if stage.limit is None:
        return _("Tenggat ini diambil apa adanya dari sistem asal laporan.")
    return stage.limit.basis.get(language(), stage.limit.basis.get("id", ""))


def _sum(stage: StageReckoning) -> list[tuple[str, str]]:
    """What the limit is made of, line by line."""
    if stage.limit is None:
        return []
    unit = stage.limit.unit
    lines = [(_("Batas menurut kebijakan"), stage.limit.amount)]
    lines += [(_("Perpanjangan dari atasan"), stage.extension)]
    lines += [(_("Kelonggaran karena kalender berubah"), stage.grace)]
    lines += [(_("Tambahan agar tersisa satu hari setelah dibuka kembali"), stage.top_up)]
    return [(text, amount_text(amount, unit)) for text, amount in lines if amount]


SKIPPED_TEXTS = {
    Reason.WEEKEND: _l("Akhir pekan"),
    Reason.NATIONAL: _l("Libur nasional"),
    Reason.JOINT_LEAVE: _l("Cuti bersama"),
    Reason.CLOSURE: _l("Kantor tutup"),
    Reason.PAUSED: _l("Menunggu jawaban warga"),
    Reason.GAP: _l("Sedang ditutup"),
    Reason.STOPPED: _l("Hari penutupan"),
}


def _skipped(days: Sequence[Day]) -> list[tuple[str, str]]:
    """How many days were passed over, and why."""
    counts = Counter(day.reason for day in days)
    return [
        (str(text), ngettext("%(num)s hari", "%(num)s hari", counts[reason]))
        for reason, text in SKIPPED_TEXTS.items()
        if counts[reason]
    ]


def _folds(days: Sequence[Day], stage: StageReckoning) -> list[Fold]:
    """All days in one fold, or month by month when they are many; open where the clock runs now."""
    if len(days) <= LONG:
        title = _(
            "Setiap hari dari %(first)s sampai %(last)s",
            first=format_date_short(days[0].on),
            last=format_date_short(days[-1].on),
        )
        return [Fold(title, day_values(days, stage), stage.is_open)]
    today = stage.reckoned_at.date()
    return [
        Fold(_month_title(found), day_values(found, stage), stage.is_open and month == today.replace(day=1))
        for month, group in groupby(days, key=lambda day: day.on.replace(day=1))
        if (found := list(group))
    ]


def _month_title(days: Sequence[Day]) -> str:
    counted = sum(day.number is not None for day in days)
    return ngettext(
        "%(month)s: %(num)s hari kerja dihitung",
        "%(month)s: %(num)s hari kerja dihitung",
        counted,
        month=format_month(days[0].on),
    )


# What happened


def _happenings(entries: Sequence[Entry], reckoning: Reckoning, reasons: Reasons) -> list[Happening]:
    told = [(entry.at, _entry_text(entry, reckoning, reasons)) for entry in entries]
    pauses = max((stage.pauses for stage in reckoning.stages.values()), key=len, default=())
    told += [
        (pause.end, str(PAUSE_CAPPED if pause.is_capped else PAUSE_ENDED)) for pause in pauses if pause.end
    ]
    return [Happening(at, format_datetime(at), text) for at, text in told if text]


PAUSE_ENDED = _l("Hitungan waktu berjalan lagi.")
PAUSE_CAPPED = _l(
    "Warga belum menjawab sampai batas menunggu habis, jadi hitungan waktu berjalan lagi dengan sendirinya."
)
ENTRY_TEXTS = {
    EntryKind.PAUSE: _l("Warga ditanya. Hitungan waktu berhenti sampai ada jawaban."),
    EntryKind.TRANSFER: _l(
        "Dialihkan ke dinas lain. Waktu tanggapan dihitung dari awal, waktu penyelesaian jalan terus."
    ),
    EntryKind.CLOSE: _l("Ditutup."),
    EntryKind.REOPEN: _l("Dibuka kembali dan melanjutkan sisa harinya."),
}
START_TEXTS = {
    Stage.VERIFY: _l("Laporan diterima. Waktu verifikasi mulai dihitung."),
    Stage.RESPOND: _l("Diteruskan ke dinas. Waktu tanggapan dan penyelesaian mulai dihitung."),
    Stage.RESOLVE: _l("Tugas dimulai. Waktu penyelesaian dihitung."),
}
MEET_TEXTS = {
    Stage.VERIFY: _l("Verifikasi selesai."),
    Stage.RESPOND: _l("Dinas memberi tanggapan pertama."),
    Stage.RESOLVE: _l("Dinas memberi jawaban penyelesaian."),
}


def _entry_text(entry: Entry, reckoning: Reckoning, reasons: Reasons) -> str:
    if entry.kind is EntryKind.CLOSE and Stage.VERIFY in reckoning.stages:
        return ""  # the clock of the verification ends with it; the matter goes on
    if entry.kind in ENTRY_TEXTS:
        return str(ENTRY_TEXTS[entry.kind])
    if entry.kind is EntryKind.START:
        return str(START_TEXTS[Stage(entry.data["stages"][0])])
    if entry.kind is EntryKind.MEET and entry.stage is not None:
        return str(MEET_TEXTS[entry.stage])
    if entry.kind is EntryKind.EXTEND and entry.stage is not None:
        limit = reckoning.stages[entry.stage].limit
        amount = amount_text(entry.data["days"], limit.unit if limit else Unit.DAYS)
        return _("Atasan memperpanjang tenggat %(amount)s.", amount=amount)
    if entry.kind is EntryKind.RECALCULATE:
        return _recalculation_text(entry, reasons)
    if entry.kind is EntryKind.IMPORTED:
        return _("Laporan dibawa dari sistem lain beserta tenggatnya.")
    return ""  # the end of a pause is told by the pause


def _recalculation_text(entry: Entry, reasons: Reasons) -> str:
    if "matter" in entry.data:
        return _(
            "Moderator mengganti jenis laporan, jadi harinya dihitung ulang dari tanggal awal yang sama."
        )
    if "policy" in entry.data:
        reason = reasons.applications.get(entry.data.get("application", 0))
        if reason:
            return _(
                "Kebijakan tenggat baru diterapkan, jadi harinya dihitung ulang. Alasannya: %(reason)s",
                reason=reason,
            )
        return _("Kebijakan tenggat diperbarui, jadi harinya dihitung ulang.")
    decree = next(
        (words for name in CALENDARS if (words := reasons.decrees.get(entry.data.get(name, 0)))), ""
    )
    if decree:
        return _("Kalender kerja diperbarui menurut %(decree)s, jadi harinya dihitung ulang.", decree=decree)
    return _("Kalender kerja diperbarui, jadi harinya dihitung ulang.")


CALENDARS = ("city_calendar", "agency_calendar")
