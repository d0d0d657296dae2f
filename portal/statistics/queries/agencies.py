"""The agencies, what each received, and since when anything is known."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select, union_all

from portal.assignments.models import Assignment
from portal.db import db
from portal.organisation.models import Agency
from portal.reports.models import Report
from portal.statistics.queries import origins
from portal.statistics.rules.scope import Scope


class AgencyRow(NamedTuple):
    """An agency as a table names it."""

    id: int
    code: str
    name: str
    calendar_key: str


def agencies() -> list[AgencyRow]:
    """Every agency by name."""
    columns = select(Agency.id, Agency.code, Agency.name, Agency.calendar_key)
    return [AgencyRow(*row) for row in db.session.execute(columns.order_by(Agency.name))]


def received_by_agency(scope: Scope) -> dict[int | None, int]:
    """Matters received in the period by the agency that holds them now."""
    holders = union_all(
        select(Report.agency_id).where(*origins.received_in(Report.received_at, scope)),
        select(Assignment.agency_id).where(
            origins.brought_elsewhere(), *origins.received_in(Assignment.received_at, scope)
        ),
    ).subquery()
    counts = select(holders.c.agency_id, func.count().label("n")).group_by(holders.c.agency_id)
    return {row.agency_id: row.n for row in db.session.execute(counts)}


def received_span() -> tuple[datetime, datetime] | None:
    """When the first and the last matter came in; None before the first."""
    moments = union_all(
        select(func.min(Report.received_at).label("first"), func.max(Report.received_at).label("last")),
        select(func.min(Assignment.received_at), func.max(Assignment.received_at)).where(
            origins.brought_elsewhere()
        ),
    )
    rows = [row for row in db.session.execute(moments) if row.first]
    return (min(row.first for row in rows), max(row.last for row in rows)) if rows else None
