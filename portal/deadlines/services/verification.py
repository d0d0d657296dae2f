"""Compare every stored copy of a clock with what its ledger, its calendars and its policy say."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from portal.db import db
from portal.deadlines import queries, versions
from portal.deadlines.models import Clock, StageDeadline
from portal.deadlines.rules.engine import LedgerError, Reckoning, reckon
from portal.deadlines.rules.ledger import Entry
from portal.deadlines.rules.stages import Stage
from portal.deadlines.services import copies
from portal.deadlines.services.storing import next_step_at, steps_of

BATCH = 250  # clocks; a batch takes a tenth of a second and some 2 MB
ROW = "row"  # stands for the field when a whole row is missing or one too many

Place = tuple[Stage, int]  # a stage and its round


@dataclass(frozen=True)
class Difference:
    """A stored copy that is not what the ledger says; `stage` and `round` are None for the clock's row."""

    clock_id: int
    stage: Stage | None
    round: int | None
    field: str
    stored: Any
    recomputed: Any

    def __str__(self) -> str:
        place = f", {self.stage.value}, round {self.round}" if self.stage else ""
        return (
            f"clock {self.clock_id}{place}: {self.field} is stored as {_shown(self.stored)}, "
            f"recomputed as {_shown(self.recomputed)}"
        )


@dataclass
class Verified:
    """How far a comparison went, and what it found."""

    clock_count: int = 0
    stage_count: int = 0
    last_id: int = 0
    differences: list[Difference] = field(default_factory=list)


def verify(*, after_id: int = 0, limit: int = BATCH) -> Verified:
    """Compare the next clocks by id; none are left when `clock_count` is 0. Changes nothing.

    Others may write while it reads, so whatever differs is looked at again with the clock held.
    """
    clocks = db.session.execute(
        select(*Clock.__table__.columns).where(Clock.id > after_id).order_by(Clock.id).limit(limit)
    ).all()
    found = _compared(clocks)
    for clock_id in {difference.clock_id for difference in found.differences}:
        held = select(*Clock.__table__.columns).where(Clock.id == clock_id).with_for_update()
        again = _compared(db.session.execute(held).all())
        found.differences = [one for one in found.differences if one.clock_id != clock_id]
        found.differences += again.differences
    found.differences.sort(key=lambda one: (one.clock_id, one.stage or "", one.round or 0))
    return found


def _compared(clocks: Sequence[Row[Any]]) -> Verified:
    ids = [clock.id for clock in clocks]
    ledgers, rows = queries.ledgers(ids), _stage_rows(ids)
    found = Verified(clock_count=len(ids), last_id=ids[-1] if ids else 0)
    for clock in clocks:
        found.stage_count += len(rows[clock.id])
        found.differences += _differences(clock, rows[clock.id], ledgers.get(clock.id, []))
    return found


def _stage_rows(ids: list[int]) -> dict[int, dict[Place, Row[Any]]]:
    found: dict[int, dict[Place, Row[Any]]] = defaultdict(dict)
    columns = StageDeadline.__table__.columns
    for row in db.session.execute(select(*columns).where(StageDeadline.clock_id.in_(ids))):
        found[row.clock_id][row.stage, row.round] = row
    return found


def _differences(
    clock: Row[Any], rows: Mapping[Place, Row[Any]], entries: Sequence[Entry]
) -> Iterator[Difference]:
    known = versions.load()
    try:
        # As of the last line: what time alone changes, such as a pause that reached its cap, is written
        # down as a line by whoever stores it.
        now = entries[-1].at
        reckoning = reckon(entries, calendars=known.calendars, policies=known.policies, now=now)
    except (LedgerError, LookupError) as error:
        yield Difference(clock.id, None, None, "ledger", "", f"{error}")
        return
    yield from _unlike(clock, copies.of_clock(entries, reckoning), clock.id)
    expected = _expected(rows, entries, reckoning)
    for place in sorted({*rows, *expected}):
        if place in rows and place in expected:
            yield from _unlike(rows[place], expected[place], clock.id, place)
        else:
            yield Difference(clock.id, *place, ROW, place in rows, place in expected)


def _expected(
    rows: Mapping[Place, Row[Any]], entries: Sequence[Entry], reckoning: Reckoning
) -> dict[Place, dict[str, Any]]:
    """The columns of each stage's row. Who holds a stage that is over stays as it was, and how far its
    ladder was climbed is history that the ledger does not know."""
    expected = {}
    for stage in (*reckoning.lapsed, *reckoning.stages.values()):
        place = stage.stage, stage.round
        values = copies.of_stage(stage)
        if place in rows:
            values["next_step_at"] = next_step_at(steps_of(stage, reckoning), rows[place].step_count)
        if stage.is_open:
            values["agency_id"] = copies.last_named(entries, "agency_id")
        expected[place] = values
    return expected


def _unlike(
    row: Row[Any], values: Mapping[str, Any], clock_id: int, place: Place | None = None
) -> Iterator[Difference]:
    stored = row._mapping
    stage, round_number = place or (None, None)
    for column, value in values.items():
        if stored[column] != value:
            yield Difference(clock_id, stage, round_number, column, stored[column], value)


def _shown(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else repr(value)
