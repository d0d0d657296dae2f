"""Standing substitutes as their pages show them."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import or_, tuple_

from portal.administration.queries import PAGE, contains
from portal.db import db
from portal.organisation.models import Agency, Official, StandingSubstitute


def listed(line: Any, *, wanted: str = "", after: tuple[str, int] | None = None) -> Sequence[Any]:
    """Officials of a line with their agency, by name; one more than a page shows."""
    rows = (
        db.select(Official.id, Official.name, Official.position, Agency.name.label("agency"))
        .join(Agency, Agency.id == Official.agency_id)
        .where(Official.id.in_(line), Official.active_to.is_(None))
        .order_by(Official.name, Official.id)
        .limit(PAGE + 1)
    )
    if wanted:
        rows = rows.where(contains(wanted, Official.name, Official.position))
    if after is not None:
        rows = rows.where(tuple_(Official.name, Official.id) > after)
    return db.session.execute(rows).all()


def names(official_ids: Iterable[int]) -> dict[int, list[str]]:
    """Names of the substitutes of each official, first choice first."""
    rows = db.session.execute(
        db.select(StandingSubstitute.official_id, Official.name)
        .join(Official, Official.id == StandingSubstitute.substitute_id)
        .where(StandingSubstitute.official_id.in_(list(official_ids)))
        .order_by(StandingSubstitute.position, StandingSubstitute.id)
    )
    found: dict[int, list[str]] = {}
    for official_id, name in rows:
        found.setdefault(official_id, []).append(name)
    return found


def of(official_id: int) -> list[int]:
    """Ids of the substitutes of one official, first choice first."""
    return list(
        db.session.scalars(
            db.select(StandingSubstitute.substitute_id)
            .where(StandingSubstitute.official_id == official_id)
            .order_by(StandingSubstitute.position, StandingSubstitute.id)
        )
    )


def choices_for(official: Official) -> list[tuple[str, str]]:
    """Who may be named: everybody of the agency in office, who stands above, and who is named already."""
    rows = db.session.execute(
        db.select(Official.id, Official.name, Official.position)
        .where(
            or_(
                Official.agency_id == official.agency_id,
                Official.id == official.supervisor_id,
                Official.id.in_(of(official.id)),
            ),
            Official.id != official.id,
            Official.active_to.is_(None),
        )
        .order_by(Official.name, Official.id)
    )
    return [(str(row.id), f"{row.name}, {row.position}") for row in rows]
