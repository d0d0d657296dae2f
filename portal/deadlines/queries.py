"""What can be read: versions in force, reckonings of clocks, and what has to happen by itself."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import literal, select, union_all

from portal.db import db
from portal.deadlines import presentation, versions
from portal.deadlines.explaining import (
    CALENDARS,
    Ceiling,
    ExplanationValue,
    Reasons,
    ceiling,
    explanation_value,
)
from portal.deadlines.models import (
    Calendar,
    CalendarVersion,
    Clock,
    ClockEntry,
    PolicyApplication,
    PolicyVersion,
    StageDeadline,
)
from portal.deadlines.presentation import ClockValue as ClockValue
from portal.deadlines.rules import calendar as calendars
from portal.deadlines.rules.calendar import CalendarHorizon
from portal.deadlines.rules.engine import Reckoning, reckon
from portal.deadlines.rules.ledger import Entry, EntryKind
from portal.deadlines.rules.policy import Policy

# Versions in force


def policy(at: datetime) -> Policy:
    """The policy for what begins at a moment."""
    return versions.load().policy(at)


def calendar(key: str | None = None) -> calendars.Calendar:
    """The newest version of a calendar, by default the city's."""
    return versions.load().calendar(key)


def all_calendars() -> Sequence[Calendar]:
    """Every calendar, the city's own first."""
    return db.session.scalars(select(Calendar).order_by(Calendar.is_city.desc(), Calendar.key)).all()


def calendar_versions(key: str) -> Sequence[CalendarVersion]:
    """A calendar's versions, newest first."""
    statement = select(CalendarVersion).join(Calendar).where(Calendar.key == key)
    return db.session.scalars(statement.order_by(CalendarVersion.number.desc())).all()


def policy_versions() -> Sequence[PolicyVersion]:
    """The policy's versions, newest first."""
    return db.session.scalars(select(PolicyVersion).order_by(PolicyVersion.number.desc())).all()


def policy_version(at: datetime) -> PolicyVersion:
    """The version for what begins at a moment."""
    return db.session.get_one(PolicyVersion, versions.load().policy_id(at))


def policy_applications(version: PolicyVersion) -> Sequence[PolicyApplication]:
    """When and why a policy was applied to open matters, latest first."""
    return db.session.scalars(
        select(PolicyApplication)
        .where(PolicyApplication.policy_version_id == version.id)
        .order_by(PolicyApplication.id.desc())
    ).all()


# Time on the city's calendar


def working_days_after(at: datetime, days: int) -> datetime:
    """Close of office of the n-th city working day after a moment. Raises CalendarHorizon."""
    city = calendar()
    return city.closes_at(city.add_working_days(city.local_date(at), days))


# Reckonings


def reckonings(clock_ids: Iterable[int], at: datetime) -> dict[int, Reckoning]:
    """Each clock's reckoning, in two statements for any number of clocks."""
    return _reckon_all(ledgers(clock_ids), at)


def ledgers(clock_ids: Iterable[int]) -> dict[int, list[Entry]]:
    """Each clock's ledger as the rules read it."""
    ids = list(clock_ids)
    if not ids:
        return {}
    found: dict[int, list[Entry]] = defaultdict(list)
    statement = select(ClockEntry.clock_id, ClockEntry.kind, ClockEntry.at, ClockEntry.stage, ClockEntry.data)
    rows = db.session.execute(
        statement.where(ClockEntry.clock_id.in_(ids)).order_by(ClockEntry.clock_id, ClockEntry.seq)
    )
    for clock_id, *line in rows:
        found[clock_id].append(Entry(*line))
    return dict(found)


def _reckon_all(found: dict[int, list[Entry]], at: datetime) -> dict[int, Reckoning]:
    if not found:
        return {}
    known = versions.load()
    return {
        clock_id: reckon(entries, calendars=known.calendars, policies=known.policies, now=at)
        for clock_id, entries in found.items()
    }


def clock_values(clock_ids: Iterable[int], at: datetime) -> dict[int, list[ClockValue]]:
    """Each clock's stages as the clock macros take them, in two statements for any number of clocks."""
    return {
        clock_id: presentation.clock_values(reckoning)
        for clock_id, reckoning in reckonings(clock_ids, at).items()
    }


def explanation(clock_ids: Sequence[int], at: datetime) -> ExplanationValue:
    """All that the explanation page of a matter's clocks shows; they stand in the order given."""
    found = ledgers(clock_ids)
    reckoned = _reckon_all(found, at)
    ids = [clock_id for clock_id in clock_ids if clock_id in found]
    reasons = _reasons([entry for one in ids for entry in found[one]])
    return explanation_value([found[one] for one in ids], [reckoned[one] for one in ids], reasons)


def _reasons(entries: Sequence[Entry]) -> Reasons:
    """The decrees and reasons of recalculations, in one statement; none where nothing was recalculated."""
    changes = [entry.data for entry in entries if entry.kind is EntryKind.RECALCULATE]
    calendar_ids = {data[name] for data in changes for name in CALENDARS if name in data}
    application_ids = {data["application"] for data in changes if "application" in data}
    if not calendar_ids and not application_ids:
        return Reasons()
    decrees = select(literal("calendar"), CalendarVersion.id, CalendarVersion.decree)
    applied = select(literal("application"), PolicyApplication.id, PolicyApplication.reason)
    rows = db.session.execute(
        union_all(
            decrees.where(CalendarVersion.id.in_(calendar_ids)),
            applied.where(PolicyApplication.id.in_(application_ids)),
        )
    ).all()
    return Reasons(
        decrees={one: words for kind, one, words in rows if kind == "calendar"},
        applications={one: words for kind, one, words in rows if kind == "application"},
    )


def ceiling_of(values: Sequence[ClockValue]) -> Ceiling | None:
    """The legal ceiling of a matter whose clocks were read, for its supervisor; no statement more."""
    return ceiling([value.whole for value in values])


# What has to happen by itself


def due_steps(at: datetime, limit: int = 100) -> Sequence[StageDeadline]:
    """Stages whose next rung of the escalation ladder is reached, earliest first."""
    return db.session.scalars(
        select(StageDeadline)
        .where(StageDeadline.next_step_at <= at)
        .order_by(StageDeadline.next_step_at, StageDeadline.id)
        .limit(limit)
    ).all()


def capped_pauses(at: datetime, limit: int = 100) -> Sequence[Clock]:
    """Clocks whose pause is over because nobody replied. Held until the transaction ends."""
    return db.session.scalars(
        select(Clock)
        .where(Clock.pause_ends_at < at)
        .order_by(Clock.pause_ends_at, Clock.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()


@dataclass(frozen=True)
class HorizonWarning:
    """A calendar that ends before the longest matter filed today could."""

    key: str
    name: str
    covered_to: date


def horizon_warnings(at: datetime) -> list[HorizonWarning]:
    """Calendars too short for the longest policy with all its caps; empty when nothing is set up yet."""
    known = versions.load()
    if not known.beginnings or known.city_key is None:
        return []
    days = max(policy.longest_days for policy in known.policies_from(at))
    found = ((key, known.calendar(key)) for key in known.newest_calendars)
    ends = {key: compiled.covered_to for key, compiled in found if not _reaches(compiled, at, days)}
    names = {row.key: row.name for row in db.session.execute(select(Calendar.key, Calendar.name))}
    return [HorizonWarning(key, names[key], covered_to) for key, covered_to in ends.items()]


def _reaches(compiled: calendars.Calendar, at: datetime, days: int) -> bool:
    try:
        compiled.add_working_days(compiled.local_date(at), days)
    except CalendarHorizon:
        return False
    return True
