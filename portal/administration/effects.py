"""What a new version would move, with the numbers of the matters: administrators see it before they save."""

from dataclasses import dataclass

from sqlalchemy import select

from portal.assignments.models import Assignment
from portal.db import db
from portal.deadlines.services.previews import PlannedMove, Preview
from portal.reports.models import Report


@dataclass(frozen=True)
class Effect:
    """`widest` are the moves that go farthest, each with the number of its matter."""

    preview: Preview
    widest: list[tuple[str, PlannedMove]]


def told(preview: Preview) -> Effect:
    numbers = _numbers([move.clock_id for move in preview.largest])
    return Effect(preview, [(numbers.get(move.clock_id, "–"), move) for move in preview.largest])


def _numbers(clock_ids: list[int]) -> dict[int, str]:
    """The number of the matter that each clock runs for."""
    columns = (
        (Assignment.clock_id, Assignment.number),
        (Assignment.triage_clock_id, Assignment.number),
        (Report.verify_clock_id, Report.number),
    )
    found: dict[int, str] = {}
    for clock_id, number in columns:
        rows = db.session.execute(select(clock_id, number).where(clock_id.in_(clock_ids)))
        found |= {one: name for one, name in rows if one is not None}
    return found
