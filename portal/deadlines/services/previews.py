"""What a revision would move, computed without writing anything."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nlargest
from typing import Any, TypeVar

from sqlalchemy import Row, func, select

from portal.db import db
from portal.deadlines import queries, versions
from portal.deadlines.models import Calendar, Clock, StageDeadline
from portal.deadlines.rules.calendar import Calendar as OfficeCalendar
from portal.deadlines.rules.engine import reckon
from portal.deadlines.rules.ledger import Entry, EntryKind
from portal.deadlines.rules.policy import Policy
from portal.deadlines.rules.stages import Stage
from portal.deadlines.services import revisions
from portal.deadlines.services.revisions import DRAFT, Revision

BATCH = 500
COUNTED_AT_MOST = 20_000  # some ten seconds; beyond it the page says that it counted only a part
LISTED = 50

Rules = TypeVar("Rules")


@dataclass(frozen=True)
class PlannedMove:
    """A stage of an open matter whose due time would move; None is `not yet known`."""

    clock_id: int
    stage: Stage
    before: datetime | None
    after: datetime | None

    @property
    def size(self) -> timedelta:
        """How far it moves; to or from the unknown is farthest."""
        if self.before is None or self.after is None:
            return timedelta.max
        return abs(self.after - self.before)

    @property
    def is_earlier(self) -> bool:
        return self.before is not None and self.after is not None and self.after < self.before


@dataclass(frozen=True)
class StageMoves:
    """The moves of one stage: how many, how many of them to earlier, and between which new due times."""

    stage: Stage
    count: int
    earlier_count: int
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True)
class Preview:
    """`open_count` matters would be counted anew, `counted` of them were here; `matter_count` of these
    would move. `largest` are the widest moves, at most LISTED of `move_count`."""

    open_count: int
    counted: int
    matter_count: int
    move_count: int
    stages: tuple[StageMoves, ...]
    largest: tuple[PlannedMove, ...]


def of_calendar(calendar: Calendar, compiled: OfficeCalendar, *, at: datetime) -> Preview:
    """What the calendar's next version would move."""
    return _preview(revisions.draft_of_calendar(calendar), at, calendar=compiled)


def of_policy(policy: Policy, *, at: datetime) -> Preview:
    """What a policy would move that is not there yet, if open matters followed it."""
    return _preview(revisions.draft_of_policy(), at, policy=policy)


def of_policy_version(version_id: int, *, at: datetime) -> Preview:
    """What an existing policy would move if open matters followed it."""
    return _preview(revisions.draft_of_policy(version_id), at)


def of_agency(agency_id: int, calendar_key: str, *, at: datetime) -> Preview:
    """What another calendar for an agency would move."""
    return _preview(revisions.of_agency(agency_id, calendar_key, at=at), at)


def _preview(
    revision: Revision,
    at: datetime,
    *,
    calendar: OfficeCalendar | None = None,
    policy: Policy | None = None,
) -> Preview:
    known = versions.load()
    calendars, policies = _with_draft(known.calendars, calendar), _with_draft(known.policies, policy)

    def due_after(clock: Row[Any], entries: Sequence[Entry]) -> Mapping[Stage, datetime | None]:
        lines = [*entries, Entry(EntryKind.RECALCULATE, at, None, revision.changes(clock))]
        found = reckon(lines, calendars=calendars, policies=policies, now=at)
        return {stage: reckoning.due_at for stage, reckoning in found.stages.items()}

    open_count = db.session.scalar(select(func.count(Clock.id)).where(revision.concerns())) or 0
    moves = list(_moves(revision, due_after))
    return Preview(
        open_count=open_count,
        counted=min(open_count, COUNTED_AT_MOST),
        matter_count=len({move.clock_id for move in moves}),
        move_count=len(moves),
        stages=tuple(_summary(stage, moves) for stage in Stage if any(one.stage is stage for one in moves)),
        largest=tuple(nlargest(LISTED, moves, key=lambda move: move.size)),
    )


def _moves(
    revision: Revision, due_after: Callable[[Row[Any], Sequence[Entry]], Mapping[Stage, datetime | None]]
) -> Iterator[PlannedMove]:
    for clocks in _batches(revision):
        ids = [clock.id for clock in clocks]
        ledgers, due = queries.ledgers(ids), _open_due_times(ids)
        for clock in clocks:
            after = due_after(clock, ledgers[clock.id])
            for stage, before in due.get(clock.id, {}).items():
                if after[stage] != before:
                    yield PlannedMove(clock.id, stage, before, after[stage])


def _batches(revision: Revision) -> Iterator[Sequence[Row[Any]]]:
    """The concerned clocks, so many at a time that memory stays small."""
    last_id, left = 0, COUNTED_AT_MOST
    while left > 0:
        statement = select(*Clock.__table__.columns).where(revision.concerns(), Clock.id > last_id)
        clocks = db.session.execute(statement.order_by(Clock.id).limit(min(BATCH, left))).all()
        if not clocks:
            return
        last_id, left = clocks[-1].id, left - len(clocks)
        yield clocks


def _open_due_times(ids: list[int]) -> dict[int, dict[Stage, datetime | None]]:
    due: dict[int, dict[Stage, datetime | None]] = {}
    rows = db.session.execute(
        select(StageDeadline.clock_id, StageDeadline.stage, StageDeadline.due_at)
        .where(StageDeadline.clock_id.in_(ids), StageDeadline.is_open)
        .order_by(StageDeadline.round)
    )
    for clock_id, stage, due_at in rows:
        due.setdefault(clock_id, {})[stage] = due_at
    return due


def _summary(stage: Stage, moves: Sequence[PlannedMove]) -> StageMoves:
    found = [move for move in moves if move.stage is stage]
    known = [move.after for move in found if move.after]
    return StageMoves(
        stage=stage,
        count=len(found),
        earlier_count=sum(move.is_earlier for move in found),
        first=min(known, default=None),
        last=max(known, default=None),
    )


class _Drafted(dict[int, Rules]):
    """Known versions with the draft among them; none is compiled before it is asked for."""

    def __init__(self, known: Mapping[int, Rules]) -> None:
        self.known = known

    def __missing__(self, version_id: int) -> Rules:
        return self.known[version_id]


def _with_draft(known: Mapping[int, Rules], draft: Rules | None) -> Mapping[int, Rules]:
    found = _Drafted(known)
    if draft is not None:
        found[DRAFT] = draft
    return found
