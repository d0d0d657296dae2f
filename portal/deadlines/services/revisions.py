"""New versions of calendars and policies, and what they do to matters that are still open."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select

from portal.db import db
from portal.deadlines import hooks, versions
from portal.deadlines.hooks import Move
from portal.deadlines.models import Calendar, CalendarVersion, Clock, PolicyVersion, StageDeadline
from portal.deadlines.rules import calendar as calendars
from portal.deadlines.rules import policy as policies
from portal.deadlines.rules.ledger import Entry, EntryKind
from portal.deadlines.services.storing import append, lock
from portal.errors import DomainError
from portal.i18n import _l
from portal.jobs import services as jobs

RECALCULATE = "deadlines.recalculate"


def digest_of(document: dict[str, Any]) -> str:
    """sha256 of a document's canonical JSON."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def add_calendar(key: str, name: str, *, is_city: bool = False) -> Calendar:
    """A calendar without a version yet; the first `import_calendar_version` fills it."""
    calendar = Calendar(key=key, name=name, is_city=is_city)
    db.session.add(calendar)
    db.session.flush()
    versions.forget()
    return calendar


def import_calendar_version(
    calendar: Calendar,
    document: dict[str, Any],
    *,
    at: datetime,
    decree: str = "",
    decree_on: date | None = None,
    note: str = "",
) -> CalendarVersion:
    """A decree arrived: the calendar's next version. Open matters follow it in the background.

    Raises DomainError when the document is no calendar, says nothing new or covers fewer days.
    """
    try:
        compiled = calendars.Calendar.from_document(document)
    except calendars.CalendarError as error:
        raise DomainError(_l("Kalender ini tidak dapat dibaca: %(error)s.", error=error)) from error
    newest = calendar.versions[-1] if calendar.versions else None
    digest = digest_of(document)
    if newest is not None:
        if newest.digest == digest:
            raise DomainError(_l("Kalender ini sama dengan versi yang berlaku."))
        if compiled.covered_to.isoformat() < newest.document["covered_to"]:
            raise DomainError(_l("Kalender baru harus mencakup paling sedikit hari yang sudah tercakup."))
    version = CalendarVersion(
        number=newest.number + 1 if newest else 1,
        document=document,
        digest=digest,
        decree=decree,
        decree_on=decree_on,
        note=note,
        imported_at=at,
    )
    calendar.versions.append(version)
    db.session.flush()
    versions.forget()
    if newest is not None:
        jobs.enqueue(RECALCULATE, at=at, calendar_version_id=version.id)
    return version


def import_policy_version(
    document: dict[str, Any], *, at: datetime, note: str = "", for_open_matters: bool = False
) -> PolicyVersion:
    """The next policy. New matters take it; open ones only when asked for. Raises DomainError."""
    try:
        policies.Policy.from_document(document)
    except policies.PolicyError as error:
        raise DomainError(_l("Kebijakan ini tidak dapat dibaca: %(error)s.", error=error)) from error
    newest = db.session.scalar(select(PolicyVersion).order_by(PolicyVersion.number.desc()).limit(1))
    digest = digest_of(document)
    if newest is not None and newest.digest == digest:
        raise DomainError(_l("Kebijakan ini sama dengan versi yang berlaku."))
    version = PolicyVersion(
        number=newest.number + 1 if newest else 1,
        document=document,
        digest=digest,
        note=note,
        imported_at=at,
    )
    db.session.add(version)
    db.session.flush()
    versions.forget()
    if newest is not None and for_open_matters:
        jobs.enqueue(RECALCULATE, at=at, policy_version_id=version.id)
    return version


def recalculate_batch(
    version: CalendarVersion | PolicyVersion, *, at: datetime, limit: int = 200
) -> tuple[int, list[Move]]:
    """Count the next open matters anew on a version. Returns how many there were (0: all are done) and
    which due times moved. Each matter is done once, also when the work is cut short and begun again."""
    clocks = db.session.scalars(
        select(Clock)
        .where(_follows(version), ~Clock.is_imported, _is_undecided())
        .order_by(Clock.id)
        .limit(limit)
    ).all()
    moves: list[Move] = []
    for clock in clocks:
        moves += recalculate(clock, version, at=at)
    return len(clocks), moves


def recalculate(clock: Clock, version: CalendarVersion | PolicyVersion, *, at: datetime) -> Sequence[Move]:
    """Count one open matter anew on a version and let others act on what moved."""
    lock(clock, at)
    changed = _changed(clock, version)
    if not changed:  # another worker was faster
        return []
    before = {(row.stage, row.round): row.due_at for row in clock.stages}
    append(clock, Entry(EntryKind.RECALCULATE, at, None, changed), at=at)
    moves = [
        Move(clock.id, row.stage, before.get((row.stage, row.round)), row.due_at)
        for row in clock.stages
        if row.due_at != before.get((row.stage, row.round))
    ]
    for move in moves:
        for listener in hooks.move_listeners:
            listener(move, at)
    return moves


def _changed(clock: Clock, version: CalendarVersion | PolicyVersion) -> dict[str, int]:
    """Which of the clock's versions the new one replaces; none when it has them already."""
    if isinstance(version, PolicyVersion):
        is_older = clock.policy_version_id is not None and clock.policy_version_id < version.id
        return {"policy": version.id} if is_older else {}
    keys = versions.load().calendar_keys
    named = {
        "city_calendar": clock.city_calendar_version_id,
        "agency_calendar": clock.agency_calendar_version_id,
    }
    return {
        name: version.id
        for name, version_id in named.items()
        if version_id is not None and version_id < version.id and keys[version_id] == keys[version.id]
    }


def _follows(version: CalendarVersion | PolicyVersion) -> ColumnElement[bool]:
    """Clocks that count on an earlier version of the same calendar or policy."""
    if isinstance(version, PolicyVersion):
        earlier_policies = select(PolicyVersion.id).where(PolicyVersion.number < version.number)
        return Clock.policy_version_id.in_(earlier_policies)
    earlier = select(CalendarVersion.id).where(
        CalendarVersion.calendar_id == version.calendar_id, CalendarVersion.number < version.number
    )
    return or_(Clock.city_calendar_version_id.in_(earlier), Clock.agency_calendar_version_id.in_(earlier))


def _is_undecided() -> ColumnElement[bool]:
    """Clocks with a stage that is open, or whose due time was never known."""
    is_undecided = or_(StageDeadline.is_open, StageDeadline.due_at.is_(None))
    return exists().where(StageDeadline.clock_id == Clock.id, is_undecided)
