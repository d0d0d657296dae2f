"""Recurring work: the usual figures are computed before anybody asks for them."""

from datetime import datetime, timedelta

from portal.jobs import registry
from portal.statistics import services


@registry.periodic("statistics.refresh", every=timedelta(minutes=5))
def refresh(at: datetime) -> None:
    services.refresh(at)
