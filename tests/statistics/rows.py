"""Reports with their duty as the database holds them, written directly: figures need many of them."""

from datetime import datetime, timedelta
from itertools import count

from portal.assignments.models import Assignment
from portal.categories.models import Category
from portal.db import db
from portal.deadlines.models import Clock, ClockEntry, StageDeadline
from portal.deadlines.rules.ledger import EntryKind
from portal.deadlines.rules.stages import Stage
from portal.organisation.models import Agency
from portal.reports.models import Report
from portal.reports.rules import Ending, ReportKind, ReportState

_serial = count(1)
DUE_AFTER = {Stage.RESPOND: 5, Stage.RESOLVE: 14}


def make_case(
    agency: Agency,
    category: Category,
    received_at: datetime,
    *,
    answered: float | None = None,
    closed: float | None = None,
    withdrawn: float | None = None,
    paused: tuple[float, float] | None = None,
    **changes: object,
) -> Report:
    """A report given to an agency on receipt; what happened to it so many days later."""
    days = {
        name: None if after is None else received_at + timedelta(days=after)
        for name, after in (("answered", answered), ("closed", closed), ("withdrawn", withdrawn))
    }
    clock = _clock(agency, received_at, days, paused)
    number = f"UJI-{next(_serial)}"
    assignment = Assignment(
        origin="report",
        number=number,
        title="",
        place="",
        matter="complaint",
        clock_id=clock.id,
        agency_id=agency.id,
        received_at=received_at,
        disposed_at=received_at,
        hop_count=changes.pop("hop_count", 0),
    )
    db.session.add(assignment)
    db.session.flush()
    values = {
        "number": number,
        "kind": ReportKind.COMPLAINT,
        "state": ReportState.ANSWERED if days["closed"] else ReportState.OPEN,
        "category_code": category.code,
        "received_at": received_at,
        "first_response_at": days["answered"] or days["closed"],
        "first_closed_at": days["closed"],
        "closed_at": days["closed"],
        "ending": Ending.WITHDRAWN if days["withdrawn"] else None,
        "ended_at": days["withdrawn"],
        "agency_id": agency.id,
        "assignment_id": assignment.id,
    }
    report = Report(**{**values, **changes})
    db.session.add(report)
    db.session.flush()
    return report


def _clock(
    agency: Agency,
    received_at: datetime,
    days: dict[str, datetime | None],
    paused: tuple[float, float] | None,
) -> Clock:
    clock = Clock(matter="complaint")
    db.session.add(clock)
    db.session.flush()
    met = {Stage.RESPOND: days["answered"] or days["closed"], Stage.RESOLVE: days["closed"]}
    for stage, limit in DUE_AFTER.items():
        due_at = received_at + timedelta(days=limit)
        db.session.add(
            StageDeadline(
                clock_id=clock.id,
                stage=stage,
                agency_id=agency.id,
                origin_at=received_at,
                due_at=due_at,
                original_due_at=due_at,
                met_at=met[stage],
                ended_at=days["withdrawn"],
                is_open=met[stage] is None and days["withdrawn"] is None,
            )
        )
    for seq, (kind, day) in enumerate(
        zip((EntryKind.PAUSE, EntryKind.RESUME), paused or (), strict=False), 1
    ):
        at = received_at + timedelta(days=day)
        db.session.add(ClockEntry(clock_id=clock.id, seq=seq, kind=kind, at=at, data={}))
    return clock
