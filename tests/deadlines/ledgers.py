"""Small ledgers for tests, written in local time: what happened to a matter, in order."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from portal.deadlines import defaults
from portal.deadlines.rules.calendar import Calendar
from portal.deadlines.rules.engine import Reckoning, reckon
from portal.deadlines.rules.ledger import Entry, EntryKind
from portal.deadlines.rules.policy import Policy
from portal.deadlines.rules.stages import Matter, Stage

WIB, WITA = "Asia/Jakarta", "Asia/Makassar"
FIVE_DAY, SIX_DAY, FIVE_DAY_WITA = 1, 2, 3


@cache
def calendar(key: str = "five_day", zone: str = WIB) -> Calendar:
    return Calendar.from_document(defaults.calendar_document(key, zone))


@cache
def policy() -> Policy:
    return Policy.from_document(defaults.policy_document())


@cache
def shipped() -> dict[int, Calendar]:
    return {FIVE_DAY: calendar(), SIX_DAY: calendar("six_day"), FIVE_DAY_WITA: calendar(zone=WITA)}


def local(text: str, zone: str = WIB) -> datetime:
    """`2026-11-13 08:00` on the office's wall clock, as a moment in UTC; a bare date means 10.00."""
    moment = datetime.fromisoformat(text if " " in text else f"{text} 10:00")
    return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def start(
    at: str | datetime,
    matter: Matter = Matter.COMPLAINT,
    *stages: Stage,
    city: int = FIVE_DAY,
    agency: int | None = None,
    zone: str = WIB,
) -> Entry:
    data = {
        "matter": matter.value,
        "stages": [stage.value for stage in stages or (Stage.RESPOND, Stage.RESOLVE)],
        "policy": 1,
        "city_calendar": city,
        "agency_calendar": agency or city,
        "agency_id": 1,
    }
    return Entry(EntryKind.START, _moment(at, zone), None, data)


def entry(kind: EntryKind, at: str | datetime, stage: Stage | None = None, **data: object) -> Entry:
    return Entry(kind, _moment(at, WIB), stage, data)


def meet(stage: Stage, at: str | datetime) -> Entry:
    return entry(EntryKind.MEET, at, stage)


def pause(at: str | datetime) -> Entry:
    return entry(EntryKind.PAUSE, at)


def resume(at: str | datetime) -> Entry:
    return entry(EntryKind.RESUME, at)


def extend(stage: Stage, days: int, at: str | datetime) -> Entry:
    return entry(EntryKind.EXTEND, at, stage, days=days)


def transfer(at: str | datetime, calendar: int = FIVE_DAY, agency_id: int = 2) -> Entry:
    return entry(EntryKind.TRANSFER, at, agency_calendar=calendar, agency_id=agency_id)


def close(at: str | datetime) -> Entry:
    return entry(EntryKind.CLOSE, at)


def reopen(at: str | datetime) -> Entry:
    return entry(EntryKind.REOPEN, at)


def recalculate(at: str | datetime, **versions: int) -> Entry:
    return entry(EntryKind.RECALCULATE, at, **versions)


def reckoned(
    entries: Sequence[Entry],
    now: str | datetime | None = None,
    calendars: dict[int, Calendar] | None = None,
    policies: dict[int, Policy] | None = None,
) -> Reckoning:
    """The ledger reckoned at `now`, by default when its last line was written."""
    return reckon(
        entries,
        calendars=calendars or shipped(),
        policies=policies or {1: policy()},
        now=entries[-1].at if now is None else _moment(now, WIB),
    )


def due_at(entries: Sequence[Entry], stage: Stage = Stage.RESOLVE, **kwargs: object) -> datetime | None:
    return reckoned(entries, **kwargs).stages[stage].due_at  # type: ignore[arg-type]  # passed through


def due_on(entries: Sequence[Entry], stage: Stage = Stage.RESOLVE, **kwargs: object) -> date | None:
    due = due_at(entries, stage, **kwargs)
    return None if due is None else due.astimezone(ZoneInfo(WIB)).date()


def _moment(at: str | datetime, zone: str) -> datetime:
    return local(at, zone) if isinstance(at, str) else at
