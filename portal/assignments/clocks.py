"""The woven clocks of a duty: the stages that still run come first, then those that were met."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from flask import url_for

from portal.assignments import owners
from portal.assignments.models import Assignment
from portal.deadlines import queries as deadlines
from portal.deadlines.presentation import ClockValue

Key = TypeVar("Key", bound=Hashable)


def of(assignment: Assignment, at: datetime, *, earlier: Sequence[int] = ()) -> list[ClockValue]:
    """Every stage of a duty, each leading to the page that explains it; two statements.

    `earlier` are the ids of clocks that its owner's matter ran on before there was a duty.
    """
    return told([*earlier, assignment.clock_id], explanation_url(assignment), at)


def told(clock_ids: Sequence[int], explain_url: str, at: datetime) -> list[ClockValue]:
    """The stages of some clocks of one matter, in the order of reading."""
    values = deadlines.clock_values(clock_ids, at)
    found = [value.with_link(explain_url) for one in clock_ids for value in values.get(one, [])]
    running = [value for value in found if value.met_at is None]
    # An answer that meets two stages at once is first of all what resolves.
    met = [value for value in reversed(found) if value.met_at is not None]
    return running + sorted(met, key=lambda value: value.met_at or at, reverse=True)


def of_rows(clock_ids: Mapping[Key, int | None], at: datetime) -> dict[Key, ClockValue]:
    """For each listed thing the stage that runs now, or the last one that was met; two statements.

    `clock_ids` names the clock of each thing (Assignment.clock_id), None for what has none.
    """
    values = deadlines.clock_values([one for one in clock_ids.values() if one], at)
    return {
        key: current for key, one in clock_ids.items() if one and (current := _current(values.get(one, [])))
    }


def explanation_url(assignment: Assignment) -> str:
    """The page that explains the due times of a duty, day by day."""
    return url_for(owners.of(assignment).deadline_endpoint, number=assignment.number)


def _current(values: Iterable[ClockValue]) -> ClockValue | None:
    last = None
    for value in values:
        if value.met_at is None:
            return value
        last = value
    return last
