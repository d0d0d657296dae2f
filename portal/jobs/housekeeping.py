"""Recurring work of the job machinery itself."""

from datetime import datetime, timedelta

from portal.db import empty_wal
from portal.jobs import registry, rules, services
from portal.jobs.queries import HEARTBEAT


@registry.periodic(HEARTBEAT, every=timedelta(minutes=1))
def beat(at: datetime) -> None:
    """Nothing to do: that the period was begun is the sign of life."""


@registry.periodic("jobs.forget-done", every=timedelta(days=1))
def forget_done(at: datetime) -> None:
    services.forget_done(before=at - rules.KEEP_DONE)


@registry.long_periodic("jobs.empty-wal", every=timedelta(minutes=15))
def forget_overwritten(at: datetime) -> None:
    """What drafts held before they were changed or sent goes from the disk, too."""
    empty_wal()
