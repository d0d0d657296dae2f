"""What each official of a team, or each agency of the city, carries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row

from portal.db import db
from portal.desk.rules import Group
from portal.organisation.models import Agency, Official


@dataclass
class Load:
    """What an official, or an agency, carries."""

    id: int
    name: str
    position: str = ""
    counts: dict[Group, int] = field(default_factory=lambda: dict.fromkeys(Group, 0))

    def add(self, row: Row[Any]) -> None:
        """Count some duties of one group."""
        self.counts[Group(row.pressing)] += row.duty_count

    @property
    def open(self) -> int:
        return sum(self.counts.values())


def of_team(line: Any, carried: Sequence[Row[Any]]) -> list[Load]:
    """Everybody of a line with what they carry, the latest first; `carried` as `queue.grouped` gives it."""
    people = db.session.execute(
        db.select(Official.id, Official.name, Official.position).where(Official.id.in_(line))
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


def _latest_first(loads: Iterable[Load]) -> list[Load]:
    return sorted(loads, key=lambda load: (-load.counts[Group.OVERDUE], -load.open, load.name))
