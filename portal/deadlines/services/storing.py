"""Append to a clock's ledger and keep the stored copies of what it amounts to."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.db import db, is_ours_alone
from portal.deadlines import hooks, versions
from portal.deadlines.models import Clock, ClockEntry, StageDeadline
from portal.deadlines.rules.engine import Reckoning, reckon
from portal.deadlines.rules.ledger import Entry, EntryKind
from portal.deadlines.rules.reckoning import StageReckoning, ladder
from portal.deadlines.rules.stages import LADDER, Step
from portal.deadlines.services import copies
from portal.deadlines.versions import Versions


def hold(clock_id: int) -> None:
    """Hold a clock until the transaction ends. Whoever takes a clock and what runs on it takes the clock
    first, as its jobs do: two that waited for each other would both be stopped."""
    db.session.execute(select(Clock.id).where(Clock.id == clock_id).with_for_update())


def lock(clock: Clock, at: datetime) -> None:
    """Hold the clock until the transaction ends and see what is stored now, then end a pause whose cap
    is over: two people who act at once act one after the other, and nobody acts before the runner."""
    if is_ours_alone(clock):
        return
    db.session.flush()
    db.session.refresh(clock, with_for_update=True)
    db.session.expire(clock, ["entries", "stages"])
    rows = select(StageDeadline).where(StageDeadline.clock_id == clock.id)
    db.session.scalars(rows.execution_options(populate_existing=True)).all()
    end_capped_pause(clock, at=at)


def end_capped_pause(clock: Clock, *, at: datetime) -> None:
    """Nobody replied: write down that the clock runs on since the cap, and let others act on it."""
    if clock.pause_ends_at is None or at < clock.pause_ends_at:
        return
    append(clock, Entry(EntryKind.RESUME, clock.pause_ends_at), at=at)
    for listener in hooks.pause_listeners:
        listener(clock, at)


def append(clock: Clock, *entries: Entry, at: datetime, known: Versions | None = None) -> Reckoning:
    """Write lines at the end of the ledger. A line never stands before the one above it."""
    for entry in entries:
        last_at = clock.entries[-1].at if clock.entries else entry.at
        clock.entries.append(
            ClockEntry(
                seq=len(clock.entries) + 1,
                kind=entry.kind,
                at=max(entry.at, last_at),
                stage=entry.stage,
                data=entry.data,
            )
        )
    return refresh(clock, at=at, known=known)


def ledger_of(entries: Sequence[ClockEntry]) -> list[Entry]:
    """Stored lines as the rules read them."""
    return [Entry(entry.kind, entry.at, entry.stage, entry.data) for entry in entries]


def reckoning_of(clock: Clock, *, at: datetime, known: Versions | None = None) -> Reckoning:
    known = known or versions.load()
    return reckon(ledger_of(clock.entries), calendars=known.calendars, policies=known.policies, now=at)


def refresh(clock: Clock, *, at: datetime, known: Versions | None = None) -> Reckoning:
    """Bring the stored copies in line with the ledger."""
    reckoning = reckoning_of(clock, at=at, known=known)
    _store(clock, copies.of_clock(ledger_of(clock.entries), reckoning))
    for stage in (*reckoning.lapsed, *reckoning.stages.values()):
        _copy(clock, stage, reckoning, at)
    return reckoning


def _copy(clock: Clock, stage: StageReckoning, reckoning: Reckoning, at: datetime) -> None:
    steps = steps_of(stage, reckoning)
    row = _row(clock, stage)
    begins_anew = row.origin_at != stage.origin_at
    if begins_anew:
        row.step_count = 0
    if begins_anew or (stage.is_open and not row.is_open):
        # What lies behind a stage that begins, or goes on after reopening, is not told again.
        row.step_count = max(row.step_count, rungs_behind(steps, at))
    _store(row, copies.of_stage(stage))
    row.next_step_at = next_step_at(steps, row.step_count)


def _store(row: Clock | StageDeadline, values: dict[str, Any]) -> None:
    for column, value in values.items():
        setattr(row, column, value)


def steps_of(stage: StageReckoning, reckoning: Reckoning) -> dict[Step, datetime]:
    """When each rung of an open stage's ladder is reached."""
    return ladder(stage, reckoning.policy) if reckoning.policy and stage.is_open else {}


def _row(clock: Clock, stage: StageReckoning) -> StageDeadline:
    """The stored row of a stage's round; a new one has the holder of the round before."""
    rows = {row.round: row for row in clock.stages if row.stage == stage.stage}
    if stage.round not in rows:
        before = rows.get(stage.round - 1)
        row = StageDeadline(stage=stage.stage, round=stage.round, is_open=False, step_count=0)
        row.agency_id = before.agency_id if before else stage.agency_id
        row.official_id = before.official_id if before else None
        clock.stages.append(row)
        return row
    return rows[stage.round]


def rungs_behind(steps: dict[Step, datetime], at: datetime) -> int:
    """How many rungs of the ladder lie behind a moment, counted from the first one."""
    behind = [place for place, step in enumerate(LADDER, 1) if step in steps and steps[step] <= at]
    return max(behind, default=0)


def rung_after(steps: dict[Step, datetime], step_count: int) -> int | None:
    """Place in the ladder of the first rung not yet taken that has a time."""
    places = range(step_count, len(LADDER))
    return next((place for place in places if LADDER[place] in steps), None)


def next_step_at(steps: dict[Step, datetime], step_count: int) -> datetime | None:
    place = rung_after(steps, step_count)
    return None if place is None else steps[LADDER[place]]
