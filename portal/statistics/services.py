"""Keep the usual figures ready, so that the pages everybody opens cost the same at any size."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import delete

from portal import config
from portal import db as database
from portal.db import db
from portal.jobs.services import insert
from portal.statistics import overviews, queries
from portal.statistics.documents import Overview
from portal.statistics.models import StatisticsSnapshot
from portal.statistics.queries import AgencyRow
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
    computed = usual_overviews(at)

    def keep_afterwards() -> None:
        with database.transaction():
            keep(computed, at=at)

    database.after_commit(keep_afterwards)
    return computed[CITY]


def usual_overview_of(agency: AgencyRow, at: datetime) -> Overview | None:
    """One agency's figures of the usual period; None where its line in the city's table is withheld."""
    kept = queries.snapshot(_name(agency.code))
    if kept and kept.cutoff > at - FRESH_FOR:
        return cast(Overview, kept.document)
    return overviews.of_agency(usual_scope(at), agency)


def usual_scope(at: datetime) -> Scope:
    """The last ninety days on the city's calendar."""
    return Scope.usual(at, config.current().zone)


def usual_overviews(at: datetime) -> dict[str, Overview]:
    """The usual figures of the city and of each agency that is not withheld, computed now."""
    city, agencies = overviews.of_everybody(usual_scope(at))
    return {CITY: city, **{_name(code): overview for code, overview in agencies.items()}}


def keep(computed: Mapping[str, Overview], *, at: datetime) -> None:
    """Store the figures in place of older ones. What is withheld now is not kept from before."""
    rows = [{"name": name, "cutoff": at, "document": overview} for name, overview in computed.items()]
    new = insert(StatisticsSnapshot)
    db.session.execute(
        new.on_conflict_do_update(
            index_elements=[StatisticsSnapshot.name],
            set_={"cutoff": new.excluded.cutoff, "document": new.excluded.document},
            where=StatisticsSnapshot.cutoff < new.excluded.cutoff,
        ),
        rows,
    )
    db.session.execute(delete(StatisticsSnapshot).where(StatisticsSnapshot.cutoff < at))


def _name(code: str) -> str:
    return f"agency:{code}"
