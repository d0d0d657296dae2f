"""What each official of a team, or each agency of the city, carries, and how near it is to its due time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, and_, func

from portal.accounts.models import User
from portal.assignments import queries as assignments
from portal.assignments.models import Assignment
from portal.assignments.rules import AssignmentState
from portal.db import db
from portal.deadlines.models import StageDeadline
from portal.deadlines.rules.stages import Stage
from portal.desk.rules import Group
from portal.organisation.models import Agency, Official


@dataclass
class Load:
    """What an official, or an agency, carries. `next_clock_id` and `next_stage` are what falls due next,
    `share` how much of its working days is used up."""

    id: int
    name: str
    position: str = ""
    supervisor_id: int | None = None
    next_clock_id: int | None = None
    next_stage: Stage | None = None
    share: float | None = None
    away_until: date | None = None
    tomorrow: int = 0
    soon: int = 0
    counts: dict[Group, int] = field(default_factory=lambda: dict.fromkeys(Group, 0))

    def add(self, row: Row[Any]) -> None:
        """Count some duties of one group."""
        self.counts[Group(row.pressing)] += row.duty_count
        self.tomorrow += row.tomorrow_count
        self.soon += row.soon_count

    @property
    def open(self) -> int:
        return sum(self.counts.values())

    @property
    def late(self) -> int:
        return self.counts[Group.OVERDUE]


@dataclass(frozen=True)
class Team:
    """Those directly below somebody: who carries anything or is away, and the names of the rest."""

    leader: str
    loads: list[Load]
    idle: list[str]

    @property
    def open(self) -> int:
        return sum(load.open for load in self.loads)

    @property
    def late(self) -> int:
        return sum(load.late for load in self.loads)


def of_team(line: Any, carried: Sequence[Row[Any]], user: User, now: datetime) -> list[Load]:
    """Everybody of a line with what they carry, the latest first; `carried` as `queue.grouped` gives it."""
    following = _falling_due(line, user, now)
    people = db.session.execute(
        db.select(
            Official.id,
            Official.name,
            Official.position,
            Official.supervisor_id,
            following.c.clock_id,
            following.c.stage,
        )
        .outerjoin(following, and_(following.c.official_id == Official.id, following.c.place == 1))
        .where(Official.id.in_(line))
    )
    loads = {row.id: Load(*row) for row in people}
    for row in carried:
        loads[row.official_id].add(row)
    return _latest_first(loads.values())


def of_agencies(carried: Sequence[Row[Any]]) -> list[Load]:
    """Every agency that carries anything, as far as it was counted for the person."""
    names = dict(db.session.execute(db.select(Agency.id, Agency.name)).all())
    loads: dict[int, Load] = {}
    for row in carried:
        loads.setdefault(row.agency_id, Load(row.agency_id, names[row.agency_id])).add(row)
    return _latest_first(loads.values())


def teams(loads: Sequence[Load]) -> list[Team]:
    """The loads by who stands directly above; whoever leads several teams sees each apart."""
    names = {load.id: load.name for load in loads}
    by_leader: dict[str, list[Load]] = {}
    for load in loads:
        by_leader.setdefault(names.get(load.supervisor_id or 0, ""), []).append(load)
    found = [
        Team(
            leader,
            [one for one in members if one.open or one.away_until],
            [one.name for one in members if not one.open and not one.away_until],
        )
        for leader, members in by_leader.items()
    ]
    shown = [team for team in found if team.loads or team.leader]  # not the reader alone, who leads
    return sorted(shown, key=lambda team: (-team.late, -team.open, team.leader))


def note_shares(loads: Iterable[Load], clocks: dict[int, list[Any]]) -> None:
    """How much of the working days of what falls due next is used up; `clocks` hold theirs."""
    for load in loads:
        for value in clocks.get(load.next_clock_id or 0, ()):
            if value.stage == load.next_stage and value.reckoning.needed:
                load.share = min((value.reckoning.used or 0) / value.reckoning.needed, 1.0)


def _falling_due(line: Any, user: User, now: datetime) -> Any:
    """The open stages of a line that are not late, each with its place among those of its official."""
    place = func.row_number().over(
        partition_by=StageDeadline.official_id, order_by=(StageDeadline.due_at, StageDeadline.id)
    )
    statement = (
        db.select(
            StageDeadline.official_id, StageDeadline.clock_id, StageDeadline.stage, place.label("place")
        )
        .join(Assignment, Assignment.clock_id == StageDeadline.clock_id)
        .where(
            StageDeadline.official_id.in_(line),
            StageDeadline.is_open.is_(True),
            StageDeadline.due_at >= now,
            Assignment.state == AssignmentState.OPEN,
        )
    )
    return assignments.known_to(statement, user).subquery()


def _latest_first(loads: Iterable[Load]) -> list[Load]:
    return sorted(loads, key=lambda load: (-load.late, -load.open, load.name))
