"""Recurring work: what was recorded is sealed."""

from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import IntegrityError

from portal.db import transaction
from portal.jobs import registry
from portal.ledger import queries, rules, services

log = structlog.get_logger()


@registry.long_periodic("ledger.seal", every=timedelta(minutes=5))
def seal(at: datetime) -> None:
    """Nobody who writes waits for this: events are read without a lock, and each seal is a short
    transaction that adds rows of its own."""
    for events in queries.unsealed(until=at - rules.SETTLING):
        try:
            with transaction():
                services.seal(events, at=at)
        except IntegrityError:
            log.info("another runner seals")  # what it leaves is sealed in the next run
            return
