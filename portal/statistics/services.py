"""Keep the usual figures ready, so that the page everybody opens costs the same at any size."""

from datetime import datetime, timedelta
from typing import cast

from portal import config
from portal import db as database
from portal.db import db
from portal.jobs.services import insert
from portal.statistics import overviews, queries
from portal.statistics.documents import Overview
from portal.statistics.models import StatisticsSnapshot
from portal.statistics.rules.scope import Scope

CITY = "city"
FRESH_FOR = timedelta(minutes=10)


def usual_overview(at: datetime) -> Overview:
    """The city's figures of the usual period, at most ten minutes old; its cut-off says from when.

    Normally the runner has just made them. Where it has not, this computes them and keeps them once
    the answer is given.
    """
    kept = queries.snapshot(CITY)
    if kept and kept.cutoff > at - FRESH_FOR:
        return cast(Overview, kept.document)
    overview = usual_figures(at)

    def keep_afterwards() -> None:
        with database.transaction():
            keep(overview, at=at)

    database.after_commit(keep_afterwards)
    return overview


def usual_figures(at: datetime) -> Overview:
    """The city's figures of the usual period, computed now."""
    return overviews.of_city(Scope.usual(at, config.current().zone))


def keep(overview: Overview, *, at: datetime) -> None:
    """Store the figures in place of older ones."""
    new = insert(StatisticsSnapshot).values(name=CITY, cutoff=at, document=overview)
    db.session.execute(
        new.on_conflict_do_update(
            index_elements=[StatisticsSnapshot.name],
            set_={"cutoff": new.excluded.cutoff, "document": new.excluded.document},
            where=StatisticsSnapshot.cutoff < new.excluded.cutoff,
        )
    )
