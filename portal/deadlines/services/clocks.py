"""What can be done with a clock: each verb writes one line into its ledger and refreshes the copies."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from portal.db import db
from portal.deadlines import versions
from portal.deadlines.models import Clock, ClockEntry, StageDeadline
from portal.deadlines.rules.ledger import Entry, EntryKind
from portal.deadlines.rules.stages import Stage
from portal.deadlines.services.storing import append, lock, reckoning_of
from portal.deadlines.versions import Versions
from portal.errors import DomainError
from portal.i18n import _l, ngettext


def open_clock(
    matter: str,
    *,
    stages: Iterable[Stage],
    at: datetime,
    agency_id: int | None = None,
    official_id: int | None = None,
    calendar_key: str | None = None,
    category: str | None = None,
    known: Versions | None = None,
) -> Clock:
    """Start a clock on the newest calendars and the policy of its day. `calendar_key` is the agency's.

    `known` saves looking up the versions when many clocks are opened at once. Inside
    `no_autoflush` it is left to the caller to write everything at once.
    """
    known = known or versions.load()
    facts = starting_facts(known, at=at, calendar_key=calendar_key, agency_id=agency_id)
    facts |= {"matter": str(matter), "category": category, "stages": [stage.value for stage in stages]}
    clock = Clock(matter=str(matter), category=category, entries=[], stages=[])
    db.session.add(clock)
    append(clock, Entry(EntryKind.START, at, None, facts), at=at, known=known)
    _hand_to(clock.stages, official_id=official_id)
    if db.session.autoflush:
        db.session.flush()
    return clock


def stages_after_verification(matter: str, *, at: datetime) -> tuple[Stage, ...]:
    """What a duty of this kind owes from its disposition on, by the policy of that day."""
    policy = versions.load().policy(at)
    return tuple(stage for stage in policy.stages(matter) if stage is not Stage.VERIFY)


def starting_facts(
    known: Versions, *, at: datetime, calendar_key: str | None, agency_id: int | None
) -> dict[str, Any]:
    """The versions that a clock starts with, and its holder, as its first line names them."""
    return {
        "policy": known.policy_id(at),
        "city_calendar": known.calendar_id(),
        "agency_calendar": known.calendar_id(calendar_key),
        "agency_id": agency_id,
    }


def meet(clock: Clock, stage: Stage, *, at: datetime) -> None:
    """The stage is met. A resolving answer is a first answer too. The first timestamp stays for ever."""
    lock(clock, at)
    if stage in _open_stages(clock):
        append(clock, Entry(EntryKind.MEET, at, stage), at=at)


def pause(clock: Clock, *, at: datetime, with_supervisor: bool = False) -> None:
    """A question to the resident: the clock stands still until the reply, at most until the cap."""
    lock(clock, at)
    reckoning = reckoning_of(clock, at=at)
    if not _open_stages(clock):
        raise DomainError(_l("Tenggatnya sudah selesai, jadi tidak dapat dijeda."))
    if reckoning.paused_at is not None:
        raise DomainError(_l("Masih ada pertanyaan yang menunggu jawaban warga."))
    most = reckoning.policy.max_pauses if reckoning.policy else 0
    if not with_supervisor and _count(clock, EntryKind.PAUSE) >= most:
        raise DomainError(
            _l("Tenggat sudah dijeda sebanyak yang diizinkan. Pertanyaan berikutnya perlu disetujui atasan.")
        )
    append(clock, Entry(EntryKind.PAUSE, at), at=at)


def resume(clock: Clock, *, at: datetime) -> None:
    """The resident replied. Does nothing when the clock is running."""
    lock(clock, at)
    if clock.paused_at is not None:
        append(clock, Entry(EntryKind.RESUME, at), at=at)


def may_extend(clock: Clock, stage: Stage, *, at: datetime) -> bool:
    """Can an extension of this stage still be asked for: open, not yet due, none granted before?"""
    row = _open_stages(clock).get(stage)
    if row is None or clock.is_imported or _count(clock, EntryKind.EXTEND, stage):
        return False
    return (row.due_at is None or at < row.due_at) and max_extension(clock, stage) > 0


def max_extension(clock: Clock, stage: Stage) -> int:
    """The longest extension in working days that the clock's policy lets a supervisor grant."""
    if clock.policy_version_id is None or clock.is_imported:
        return 0
    policy = versions.load().policies[clock.policy_version_id]
    return policy.limit(clock.matter, stage, clock.category).extension


def extend(clock: Clock, stage: Stage, *, days: int, asked_at: datetime, at: datetime) -> None:
    """The supervisor granted more days. It must have been asked for before the due time."""
    lock(clock, at)
    if not may_extend(clock, stage, at=asked_at):
        raise DomainError(_l("Tahap ini tidak dapat diperpanjang lagi."))
    most = max_extension(clock, stage)
    if not 1 <= days <= most:
        raise DomainError(
            ngettext(
                "Perpanjangan paling lama %(num)s hari kerja.",
                "Perpanjangan paling lama %(num)s hari kerja.",
                most,
            ),
            field="days",
        )
    asked = {"days": days, "asked_at": asked_at.isoformat()}
    append(clock, Entry(EntryKind.EXTEND, at, stage, asked), at=at)


def transfer(
    clock: Clock,
    *,
    agency_id: int | None,
    official_id: int | None,
    calendar_key: str | None,
    at: datetime,
) -> None:
    """Another agency takes over: respond begins anew on its calendar, the total runs on."""
    lock(clock, at)
    facts = {"agency_id": agency_id, "agency_calendar": versions.load().calendar_id(calendar_key)}
    append(clock, Entry(EntryKind.TRANSFER, at, None, facts), at=at)
    _hand_to(_open_stages(clock).values(), agency_id=agency_id, official_id=official_id)


def hand_over(clock: Clock, *, official_id: int | None) -> None:
    """Another official of the same agency answers for it from now on; nothing restarts."""
    _hand_to(_open_stages(clock).values(), official_id=official_id)


def close(clock: Clock, *, at: datetime) -> None:
    """The matter has ended; stages that are still open end without being met."""
    lock(clock, at)
    if clock.closed_at is None:
        append(clock, Entry(EntryKind.CLOSE, at), at=at)


def conclude(clock: Clock, stage: Stage, *, at: datetime) -> None:
    """The stage is met, and with it the matter has ended."""
    lock(clock, at)
    lines = [Entry(EntryKind.MEET, at, stage)] if stage in _open_stages(clock) else []
    if clock.closed_at is None:
        lines.append(Entry(EntryKind.CLOSE, at))
    append(clock, *lines, at=at)


def may_reopen(clock: Clock, *, at: datetime, by_moderator: bool = False) -> bool:
    """By the resident once, and within the policy's window after closing; by moderators whenever it ended:
    they decide a second dispute, or undo a refusal, and neither uses up the resident's own one."""
    if _open_stages(clock):
        return False
    if by_moderator:
        return True
    if any(not entry.data.get("by_moderator") for entry in _reopenings(clock)):
        return False
    ended_at = clock.closed_at or max(row.met_at for row in clock.stages if row.met_at)
    known = versions.load()
    calendar = known.calendar()
    days = (calendar.local_date(at) - calendar.local_date(ended_at)).days
    policy = known.policies[clock.policy_version_id] if clock.policy_version_id else known.policy(at)
    return days <= policy.reopen_window_days


def reopenings(clock: Clock) -> int:
    """How often the matter was opened again; a mistake that moderators undid is none."""
    return len(_reopenings(clock))


def reopen(clock: Clock, *, at: datetime, by_moderator: bool = False) -> None:
    """The resident says it is not solved: the old clock goes on with the days it had left."""
    lock(clock, at)
    if not may_reopen(clock, at=at, by_moderator=by_moderator):
        raise DomainError(
            _l("Tidak dapat dibuka kembali: waktunya sudah lewat atau sudah pernah dibuka lagi.")
        )
    facts = newest_calendars(clock) | ({"by_moderator": True} if by_moderator else {})
    append(clock, Entry(EntryKind.REOPEN, at, None, facts), at=at)


def import_due(
    matter: str,
    *,
    due: Mapping[Stage, datetime | None],
    at: datetime,
    met: Mapping[Stage, datetime] | None = None,
    closed_at: datetime | None = None,
    agency_id: int | None = None,
    official_id: int | None = None,
    known: Versions | None = None,
) -> Clock:
    """A matter of another system: its due times word for word, never recomputed, nothing escalated.

    `at` is when it began. Does not flush, so that thousands can be written at once.
    """
    known = known or versions.load()
    stages = {stage.value: moment.isoformat() if moment else None for stage, moment in due.items()}
    facts = starting_facts(known, at=at, calendar_key=None, agency_id=agency_id)
    entries = [Entry(EntryKind.IMPORTED, at, None, facts | {"matter": str(matter), "stages": stages})]
    entries += [Entry(EntryKind.MEET, moment, stage) for stage, moment in (met or {}).items()]
    if closed_at is not None:
        entries.append(Entry(EntryKind.CLOSE, closed_at))
    clock = Clock(matter=str(matter), is_imported=True, entries=[], stages=[])
    db.session.add(clock)
    entries.sort(key=lambda entry: entry.at)
    append(clock, *entries, at=entries[-1].at, known=known)
    _hand_to(clock.stages, official_id=official_id)
    return clock


def newest_calendars(clock: Clock) -> dict[str, Any]:
    """The newest versions of the clock's own calendars; the policy stays the one it began with."""
    known = versions.load()
    named = {
        "city_calendar": clock.city_calendar_version_id,
        "agency_calendar": clock.agency_calendar_version_id,
    }
    return {
        name: known.calendar_id(known.calendar_keys[version_id])
        for name, version_id in named.items()
        if version_id is not None
    }


def _reopenings(clock: Clock) -> list[ClockEntry]:
    return [one for one in clock.entries if one.kind == EntryKind.REOPEN and not one.data.get("is_undo")]


def _open_stages(clock: Clock) -> dict[Stage, StageDeadline]:
    return {row.stage: row for row in clock.stages if row.is_open}


def _count(clock: Clock, kind: EntryKind, stage: Stage | None = None) -> int:
    return sum(entry.kind == kind and stage in (None, entry.stage) for entry in clock.entries)


def _hand_to(rows: Iterable[StageDeadline], **holder: int | None) -> None:
    for row in rows:
        for name, value in holder.items():
            setattr(row, name, value)
