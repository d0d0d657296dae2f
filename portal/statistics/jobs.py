"""Recurring work: the usual figures are computed before anybody asks for them."""

from datetime import datetime, timedelta

from portal.db import transaction
from portal.jobs import registry
from portal.statistics import services


@registry.long_periodic("statistics.refresh", every=timedelta(minutes=5))
def refresh(at: datetime) -> None:
    computed = services.usual_overviews(at)
    with transaction():
        services.keep(computed, at=at)
