"""Recurring work: published figures are computed anew, so that a fault is found before a reader finds it."""

from datetime import datetime, timedelta

import structlog

from portal.jobs import registry
from portal.statistics.editions import verification

log = structlog.get_logger()


@registry.long_periodic("editions.verify", every=timedelta(days=1))
def verify(at: datetime) -> None:
    for fault in verification.faults():
        log.error("published edition does not fit", fault=fault)
