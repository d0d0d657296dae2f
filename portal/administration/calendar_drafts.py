"""The next version of a calendar while it is being written, and what it would move."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select

from portal.assignments.models import Assignment
from portal.db import db
from portal.deadlines import importers, versions
from portal.deadlines.models import Calendar, CalendarVersion, Clock, ClockEntry, StageDeadline
from portal.deadlines.rules import calendar as office
from portal.deadlines.rules.engine import reckon
from portal.deadlines.rules.ledger import Entry, EntryKind
from portal.deadlines.rules.stages import Stage
from portal.errors import DomainError
from portal.i18n import _l
from portal.reports.models import Report

DRAFT = 0  # stands for the version that is not there yet
COUNTED_AT_MOST = 2_000

Document = dict[str, Any]


@dataclass(frozen=True)
class Move:
    """An open matter whose due time the draft would move."""

    number: str
    stage: Stage
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True)
class Effect:
    """What a draft would do: days that come and go, and the open matters that move."""

    added: list[office.Holiday]
    removed: list[office.Holiday]
    open_count: int
    moves: list[Move]


def draft(
    document: Document,
    *,
    added: dict[str, str] | None = None,
    removed: Iterable[str] = (),
    table: str = "",
    regimes: str | None = None,
) -> Document:
    """The document as the form changes it; `table` is CSV of whole years, `regimes` one line for each
    period of other office hours: name; first day; last day. Raises DomainError with its field."""
    gone = set(removed)
    revised = document | {"holidays": [row for row in document["holidays"] if row["on"] not in gone]}
    if table.strip():
        revised = importers.with_holidays(revised, _read_table(table))
    if added is not None:
        if any(row["on"] == added["on"] for row in revised["holidays"]):
            raise DomainError(_l("Tanggal ini sudah tercatat sebagai hari libur."), field="on")
        revised |= {"holidays": sorted([*revised["holidays"], added], key=lambda row: row["on"])}
    if regimes is not None:
        revised |= {"regimes": _read_regimes(regimes, document["regimes"])}
    return revised


def regime_lines(document: Document) -> str:
    """The periods of other office hours as lines that can be edited."""
    return "\n".join(f"{row['name']}; {row['from']}; {row['to']}" for row in document["regimes"])


def effect(calendar: Calendar, document: Document, *, at: datetime) -> Effect:
    """What the draft would change and move, without changing anything. Raises DomainError."""
    try:
        compiled = office.Calendar.from_document(document)
    except office.CalendarError as error:
        raise DomainError(_l("Kalender ini tidak dapat dibaca: %(error)s.", error=error)) from error
    present = office.Calendar.from_document(calendar.versions[-1].document).holidays
    clocks = _following(calendar)
    return Effect(
        added=[row for day, row in sorted(compiled.holidays.items()) if present.get(day) != row],
        removed=[row for day, row in sorted(present.items()) if compiled.holidays.get(day) != row],
        open_count=len(clocks),
        moves=_moves(clocks, {version.id for version in calendar.versions}, compiled, at),
    )


def _read_table(table: str) -> list[dict[str, str]]:
    rows, bad = importers.read_holidays(table.splitlines())
    if bad:
        raise DomainError(_l("Ada baris yang belum benar: %(lines)s", lines="; ".join(bad[:5])), field="file")
    return rows


def _read_regimes(lines: str, present: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A period whose name begins like a present one's takes its hours ("Ramadan 2028": "Ramadan")."""
    weeks = {row["name"].split()[0].casefold(): row["week"] for row in present}
    rows = []
    for line in filter(str.strip, lines.splitlines()):
        name, _, days = line.partition(";")
        first, _, last = days.partition(";")
        week = weeks.get((name.split() or [""])[0].casefold())
        if week is None or not _is_day(first) or not _is_day(last):
            raise DomainError(_l("Baris ini belum benar: %(line)s", line=line.strip()), field="regimes")
        rows.append({"name": name.strip(), "from": first.strip(), "to": last.strip(), "week": week})
    return sorted(rows, key=lambda row: row["from"])


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text.strip())
    except ValueError:
        return False
    return True


def _following(calendar: Calendar) -> Sequence[Clock]:
    """Open clocks that count on a version of this calendar."""
    ids = select(CalendarVersion.id).where(CalendarVersion.calendar_id == calendar.id)
    is_open = select(StageDeadline.clock_id).where(StageDeadline.is_open)
    return db.session.scalars(
        select(Clock)
        .where(
            or_(Clock.city_calendar_version_id.in_(ids), Clock.agency_calendar_version_id.in_(ids)),
            ~Clock.is_imported,
            Clock.id.in_(is_open),
        )
        .order_by(Clock.id)
        .limit(COUNTED_AT_MOST)
    ).all()


def _moves(
    clocks: Sequence[Clock], version_ids: set[int], compiled: office.Calendar, at: datetime
) -> list[Move]:
    ids = [clock.id for clock in clocks]
    known, ledgers, due = versions.load(), _ledgers(ids), _due_times(ids)
    calendars = {**known.calendars, DRAFT: compiled}
    numbers = _numbers(ids)
    moves = []
    for clock in clocks:
        change = Entry(EntryKind.RECALCULATE, at, None, _replaced(clock, version_ids))
        entries = [*ledgers[clock.id], change]
        stages = reckon(entries, calendars=calendars, policies=known.policies, now=at).stages
        for stage, before in due[clock.id].items():
            if stages[stage].due_at != before:
                moves.append(Move(numbers.get(clock.id, "–"), stage, before, stages[stage].due_at))
    return moves


def _replaced(clock: Clock, version_ids: set[int]) -> dict[str, int]:
    named = {
        "city_calendar": clock.city_calendar_version_id,
        "agency_calendar": clock.agency_calendar_version_id,
    }
    return {name: DRAFT for name, version_id in named.items() if version_id in version_ids}


def _ledgers(ids: list[int]) -> dict[int, list[Entry]]:
    ledgers: dict[int, list[Entry]] = defaultdict(list)
    rows = db.session.execute(
        select(ClockEntry.clock_id, ClockEntry.kind, ClockEntry.at, ClockEntry.stage, ClockEntry.data)
        .where(ClockEntry.clock_id.in_(ids))
        .order_by(ClockEntry.clock_id, ClockEntry.seq)
    )
    for clock_id, *line in rows:
        ledgers[clock_id].append(Entry(*line))
    return ledgers


def _due_times(ids: list[int]) -> dict[int, dict[Stage, datetime | None]]:
    due: dict[int, dict[Stage, datetime | None]] = defaultdict(dict)
    rows = db.session.execute(
        select(StageDeadline.clock_id, StageDeadline.stage, StageDeadline.due_at)
        .where(StageDeadline.clock_id.in_(ids), StageDeadline.is_open)
        .order_by(StageDeadline.round)
    )
    for clock_id, stage, due_at in rows:
        due[clock_id][stage] = due_at
    return due


def _numbers(clock_ids: list[int]) -> dict[int, str]:
    """The number of the matter that each clock runs for."""
    of_duties = select(Assignment.clock_id, Assignment.number).where(Assignment.clock_id.in_(clock_ids))
    of_reports = select(Report.verify_clock_id, Report.number).where(Report.verify_clock_id.in_(clock_ids))
    rows = [*db.session.execute(of_duties), *db.session.execute(of_reports)]
    return {clock_id: number for clock_id, number in rows if clock_id is not None}
