"""While somebody is to answer: what waits for the resident, and what for the supervisor."""

from collections.abc import Iterator
from datetime import datetime

from portal.assignments.models import Extension
from portal.assignments.standing.known import Known, Standing, due, joined
from portal.deadlines.presentation import STAGE_NAMES, ClockValue, amount_text
from portal.deadlines.rules.policy import Policy, Unit
from portal.i18n import _, format_date, format_datetime, ngettext


def paused(known: Known) -> Iterator[Standing]:
    """A question to the resident stands; the last of the paused stages is the one they wait for."""
    waiting = [clock for clock in known.running if clock.is_paused]
    asked = known.last("asked")
    if not waiting or asked is None:
        return
    told = _(
        "%(who)s bertanya kepada warga pada %(day)s, dan sejak itu hitungan waktunya berhenti.",
        who=known.holder
        if _is_holder(known, asked.details.get("official"))
        else known.assignment.agency.name,
        day=format_date(asked.at),
    )
    whole = waiting[-1].whole
    due = if_answered(waiting[-1], is_one_of_two=len(waiting) > 1)
    yield joined([told, due, _cap(whole.pause_ends_at, whole.policy)], "warn")


def if_answered(clock: ClockValue, *, is_one_of_two: bool = False) -> str:
    """Where the first answer waits too, its date stands beside: this one is said to be the solution's."""
    if clock.if_resumed_due_at is None:
        return ""
    due = format_datetime(clock.if_resumed_due_at)
    if is_one_of_two:
        return _("Jika dijawab hari ini, penyelesaiannya jatuh tempo %(due)s.", due=due)
    return _("Jika dijawab hari ini, jatuh tempo %(due)s.", due=due)


def _cap(ends_at: datetime | None, policy: Policy | None) -> str:
    if ends_at is None or policy is None:
        return ""
    return ngettext(
        "Tanpa jawaban sampai %(day)s (%(num)s hari kerja), hitungannya berjalan lagi dengan sendirinya dan "
        "petugas boleh menolak dengan alasan tidak jelas.",
        "Tanpa jawaban sampai %(day)s (%(num)s hari kerja), hitungannya berjalan lagi dengan sendirinya dan "
        "petugas boleh menolak dengan alasan tidak jelas.",
        policy.pause_cap_days,
        day=format_date(ends_at),
    )


def _is_holder(known: Known, official_id: int | None) -> bool:
    """Only the present holder is named; of former ones the record keeps no name."""
    return official_id is not None and official_id == known.assignment.official_id


def unanswered(known: Known) -> Iterator[Standing]:
    """The last question reached its cap without a reply."""
    since = known.assignment.unanswered_at
    if since is None or any(clock.is_paused for clock in known.running):
        return
    yield Standing(
        _(
            "Pertanyaan petugas tidak dijawab, jadi hitungan waktunya berjalan lagi sejak %(day)s. Selama "
            "belum ada jawaban, petugas boleh menolak dengan alasan tidak jelas.",
            day=format_date(since),
        )
    )


def extensions(known: Known) -> Iterator[Standing]:
    """More time was asked for a stage that still runs; read only where the record says so."""
    if known.last("extension_asked") is None:
        return
    running = {clock.stage: clock for clock in known.running}
    for wish in known.assignment.extensions:
        if wish.stage in running:
            yield joined(_extension(known, wish, running[wish.stage]))


def _extension(known: Known, wish: Extension, clock: ClockValue) -> list[str]:
    if wish.decided_at is None:
        return _asked(known, wish, clock)
    if wish.is_granted:
        return _granted(known, wish, clock, wish.decided_at)
    told = _(
        "Pada %(day)s atasan menolak tambahan waktu untuk tahap “%(stage)s”. Tenggatnya tetap.",
        day=format_date(wish.decided_at),
        stage=STAGE_NAMES[clock.stage],
    )
    return [told, due(clock)]


def _asked(known: Known, wish: Extension, clock: ClockValue) -> list[str]:
    told = _(
        "Pada %(day)s petugas meminta tambahan %(amount)s untuk tahap “%(stage)s”.",
        day=format_date(wish.asked_at),
        amount=_amount(wish, clock),
        stage=STAGE_NAMES[clock.stage],
    )
    waits = _("Atasannya belum memutuskan, jadi tenggat yang lama masih berlaku.")
    return [told, known.reason(wish.reason), waits, due(clock)]


def _granted(known: Known, wish: Extension, clock: ClockValue, at: datetime) -> list[str]:
    told = _(
        "Pada %(day)s atasan memberi tambahan %(amount)s untuk tahap “%(stage)s”.",
        day=format_date(at),
        amount=_amount(wish, clock),
        stage=STAGE_NAMES[clock.stage],
    )
    old_due_at = clock.reckoning.original_due_at
    former = _("Tenggat semula %(due)s.", due=format_datetime(old_due_at)) if old_due_at else ""
    return [told, known.reason(wish.reason), former, due(clock)]


def _amount(wish: Extension, clock: ClockValue) -> str:
    limit = clock.reckoning.limit
    return amount_text(wish.days, limit.unit if limit else Unit.DAYS)
