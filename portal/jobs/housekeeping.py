"""Recurring work of the job machinery itself."""

from datetime import datetime, timedelta

from portal.jobs import registry, rules, services
from portal.jobs.queries import HEARTBEAT


@registry.periodic(HEARTBEAT, every=timedelta(minutes=1))
def beat(at: datetime) -> None:
    """Nothing to do: that the period was begun is the sign of life."""


@registry.periodic("jobs.forget-done", every=timedelta(days=1))
def forget_done(at: datetime) -> None:
    services.forget_done(before=at - rules.KEEP_DONE)
