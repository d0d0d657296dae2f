"""What clocks do by themselves: climb the ladder, end long pauses, follow new versions, are checked."""

from datetime import datetime, timedelta
from itertools import product
from typing import Any

import structlog

from portal.accounts import queries as accounts
from portal.accounts.rules import Role
from portal.deadlines import checking, queries, services
from portal.deadlines.services import revisions
from portal.jobs import batches, registry
from portal.jobs import services as jobs
from portal.notifications import services as notifications

log = structlog.get_logger()

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
    count, _ = services.recalculate_batch(revisions.find(payload, at=at), at=at, limit=BATCH)
    if count == BATCH:
        jobs.enqueue(services.RECALCULATE, at=at, **payload)


@registry.periodic("deadlines.warn-of-horizon", every=timedelta(days=1))
def warn_of_horizon(at: datetime) -> None:
    """A calendar ends before the longest matter of today could: administrators are told once of each end."""
    warnings = queries.horizon_warnings(at)
    for warning, reader in product(warnings, accounts.users_with(Role.ADMINISTRATOR) if warnings else ()):
        notifications.tell(
            notifications.to_user(reader),
            "calendar_ends",
            key=f"calendar-ends:{warning.key}:{warning.covered_to.isoformat()}:{reader.id}",
            at=at,
            path=f"/administration/calendars/{warning.key}",
            calendar=warning.name,
            covered_to=warning.covered_to,
        )


@registry.long_periodic("deadlines.check-copies", every=timedelta(days=1))
def check_copies(at: datetime) -> None:
    """Every stored due time is compared with its ledger; the administrator sees the outcome."""
    found = checking.check(at)
    if found.difference_count:
        log.error("stored due times differ", count=found.difference_count, first=found.differences)
