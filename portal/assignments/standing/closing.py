"""Opened again, answered and waiting for the resident, or over without them."""

from collections.abc import Iterator
from datetime import datetime

from portal.assignments import owners, silence
from portal.assignments.standing.known import Known, Standing, due, joined
from portal.deadlines.rules.policy import Policy
from portal.i18n import _, format_date, format_datetime, ngettext
from portal.ledger.models import Event

REOPENINGS = ("reopened", "dispute_reopened", "refusal_overturned")


def reopened(known: Known) -> Iterator[Standing]:
    """The answer was disputed, or a refusal undone: what is left runs on."""
    event = known.last(*REOPENINGS)
    clock = next((one for one in known.running if one.reckoning.left_at_reopening), None)
    if event is None or clock is None:
        return
    left = ngettext(
        "Saat itu tersisa %(num)s hari kerja, dihitung mulai sehari sesudahnya.",
        "Saat itu tersisa %(num)s hari kerja, dihitung mulai sehari sesudahnya.",
        clock.reckoning.left_at_reopening,
    )
    then = _("Jika jawabannya nanti belum memuaskan juga, moderator yang menilai.")
    yield joined([_who_reopened(event), left, due(clock), then], "warn")


def _who_reopened(event: Event) -> str:
    day = format_date(event.at)
    if event.kind == "reopened":
        return _("Warga membukanya kembali pada %(day)s.", day=day)
    if event.kind == "dispute_reopened":
        return _("Moderator membukanya kembali pada %(day)s.", day=day)
    return _("Moderator membatalkan penolakannya pada %(day)s.", day=day)


def awaits_verdict(known: Known) -> Iterator[Standing]:
    """Answered: the resident has the word, or the moderators after a second dispute."""
    duty = known.assignment
    if not owners.of(duty).has_resident:
        return
    if duty.disputed_at is not None:
        yield _disputed(duty.disputed_at)
    elif duty.react_by is not None:
        yield _waits(known, duty.react_by)


def _disputed(at: datetime) -> Standing:
    text = _(
        "Pada %(day)s warga menyatakan belum puas untuk kedua kalinya. Moderator menilai apakah ini dibuka "
        "kembali atau ditutup.",
        day=format_date(at),
    )
    return Standing(text, "warn")


def _waits(known: Known, until: datetime) -> Standing:
    said, day = known.last("answered", "refused"), format_datetime(until)
    if said is not None and said.kind == "refused":
        ends = _("Ditolak. Tanpa tanggapan warga sampai %(day)s, ini ditutup sebagai ditolak.", day=day)
    else:
        ends = _(
            "Sudah dijawab, menunggu penilaian warga. Tanpa tanggapan sampai %(day)s, ini ditutup dengan "
            "sendirinya dan tidak dihitung sebagai selesai.",
            day=day,
        )
    return joined([ends, *_reminders(known.policy)])


def _reminders(policy: Policy | None) -> Iterator[str]:
    days = sorted(policy.silence_reminder_days) if policy else []
    if len(days) > 1:
        first, last = ", ".join(map(str, days[:-1])), days[-1]
        yield _("Warga diingatkan setelah %(first)s dan %(last)s hari kerja.", first=first, last=last)


def over(known: Known) -> Iterator[Standing]:
    """It ended because nobody reacted; other endings speak for themselves."""
    event, ended_at = known.last("closed_by_silence"), known.assignment.ended_at
    if event is None or ended_at is None or event.at < ended_at:
        return
    day = format_date(event.at)
    if event.details.get("ending") == silence.REFUSED:
        yield Standing(_("Ditutup pada %(day)s sebagai ditolak: penolakannya tidak ditanggapi.", day=day))
        return
    text = _(
        "Ditutup dengan sendirinya pada %(day)s, karena warga tidak menanggapi jawabannya. Ini akhir "
        "tersendiri dan tidak dihitung sebagai selesai.",
        day=day,
    )
    yield Standing(text)
