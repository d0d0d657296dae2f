"""What each official of a team, or each agency of the city, carries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func

from portal.accounts.models import User
from portal.assignments.models import Assignment
from portal.db import db
from portal.deadlines.models import StageDeadline
from portal.desk.queries.queue import group_case, pressing
from portal.desk.rules import Group, Horizon
from portal.organisation.models import Agency, Official


@dataclass
class Load:
    """What an official, or an agency, carries."""

    id: int
    name: str
    position: str = ""
    counts: dict[Group, int] = field(default_factory=lambda: dict.fromkeys(Group, 0))

    @property
    def open(self) -> int:
        return sum(self.counts.values())


def of_team(user: User, line: Any, horizon: Horizon) -> list[Load]:
    """Everybody of a line with what they carry, the latest first; two statements for any number of people."""
    people = db.session.execute(
        db.select(Official.id, Official.name, Official.position).where(Official.id.in_(line))
    )
    loads = {row.id: Load(*row) for row in people}
    for holder_id, group, count in _carried(StageDeadline.official_id, user, line, horizon):
        loads[holder_id].counts[group] = count
    return _latest_first(loads.values())


def of_agencies(user: User, horizon: Horizon) -> list[Load]:
    """Every agency that carries anything, as far as the person may know of it."""
    everybody = db.select(Official.id)
    loads: dict[int, Load] = {}
    carried = _carried(Assignment.agency_id, user, everybody, horizon)
    names = dict(db.session.execute(db.select(Agency.id, Agency.name)).all())
    for agency_id, group, count in carried:
        loads.setdefault(agency_id, Load(agency_id, names[agency_id])).counts[group] = count
    return _latest_first(loads.values())


def _carried(owner: Any, user: User, holders: Any, horizon: Horizon) -> list[tuple[int, Group, int]]:
    """Owner, group, and how many duties, as far as the person may know of them."""
    group = group_case(horizon).label("pressing")
    statement = pressing(db.select(owner.label("owner"), group, func.count()), user, holders)
    rows = db.session.execute(statement.group_by("owner", "pressing"))
    return [(row[0], Group(row[1]), row[2]) for row in rows]


def _latest_first(loads: Iterable[Load]) -> list[Load]:
    return sorted(loads, key=lambda load: (-load.counts[Group.OVERDUE], -load.open, load.name))
