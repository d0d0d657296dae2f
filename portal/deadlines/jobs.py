"""What clocks do by themselves: climb the ladder, end long pauses, follow a new calendar."""

from datetime import datetime, timedelta
from typing import Any

from portal.db import db
from portal.deadlines import queries, services
from portal.deadlines.models import CalendarVersion, PolicyVersion
from portal.jobs import batches, registry
from portal.jobs import services as jobs

BATCH = 50  # short transactions: a resident who files a report waits for them on SQLite


@registry.periodic("deadlines.end-pauses", every=timedelta(minutes=1))
def end_pauses(at: datetime) -> bool:
    clocks = queries.capped_pauses(at, limit=BATCH)
    return batches.each(clocks, lambda clock: services.end_capped_pause(clock, at=at)) == BATCH


@registry.periodic("deadlines.escalate", every=timedelta(minutes=1))
def escalate(at: datetime) -> bool:
    rows = queries.due_steps(at, limit=BATCH)
    return batches.each(rows, lambda row: services.escalate(row, at=at)) == BATCH


@registry.handler(services.RECALCULATE)
def recalculate(payload: dict[str, Any], at: datetime) -> None:
    """One batch of open matters; what remains is a job of its own."""
    version: CalendarVersion | PolicyVersion
    if "policy_version_id" in payload:
        version = db.session.get_one(PolicyVersion, payload["policy_version_id"])
    else:
        version = db.session.get_one(CalendarVersion, payload["calendar_version_id"])
    count, _ = services.recalculate_batch(version, at=at, limit=BATCH)
    if count == BATCH:
        jobs.enqueue(services.RECALCULATE, at=at, **payload)
