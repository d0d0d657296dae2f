"""Who works where, who stands above and below whom, and who is away."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from sqlalchemy import CTE, ColumnElement, Select, or_, select
from sqlalchemy.orm import aliased

from portal.accounts.models import User
from portal.db import db
from portal.organisation.models import Absence, Agency, Official, OfficialArea
from portal.organisation.rules import INSPECTORATE


def official_of(user: User) -> Official | None:
    """The position that this account stands for, with its agency; None for residents and moderators."""
    if not user.is_authenticated:
        return None
    return db.session.scalar(select(Official).where(Official.user_id == user.id))


def valid_on(day: date) -> ColumnElement[bool]:
    """The agency exists on that day."""
    return (Agency.valid_from <= day) & or_(Agency.valid_to.is_(None), Agency.valid_to >= day)


def active_on(day: date) -> ColumnElement[bool]:
    """The official is in office on that day."""
    return (Official.active_from <= day) & or_(Official.active_to.is_(None), Official.active_to >= day)


def receivers(day: date) -> Sequence[Agency]:
    """Agencies of the city that a matter can be given to, by name."""
    return db.session.scalars(
        select(Agency).where(valid_on(day), Agency.is_external.is_(False)).order_by(Agency.name)
    ).all()


def inspectorate(day: date) -> Agency | None:
    """The city's inspectorate; None when this city has not set one up."""
    return db.session.scalar(
        select(Agency).where(valid_on(day), Agency.kind == INSPECTORATE).order_by(Agency.id).limit(1)
    )


def colleagues(agency_id: int, day: date) -> Sequence[Official]:
    """Everybody in office in an agency, by name."""
    return db.session.scalars(
        select(Official)
        .where(Official.agency_id == agency_id, active_on(day))
        .order_by(Official.name, Official.id)
    ).all()


def areas_of(official_ids: Iterable[int]) -> dict[int, set[str]]:
    """The areas that each official looks after; one without areas is missing and looks after the city."""
    rows = db.session.execute(
        select(OfficialArea.official_id, OfficialArea.area_code).where(
            OfficialArea.official_id.in_(list(official_ids))
        )
    )
    areas: dict[int, set[str]] = {}
    for official_id, area_code in rows:
        areas.setdefault(official_id, set()).add(area_code)
    return areas


def absent_on(day: date) -> dict[int, int | None]:
    """Who is away that day, and who stands in (None: nobody)."""
    rows = db.session.execute(
        select(Absence.official_id, Absence.substitute_id)
        .where(Absence.from_on <= day, Absence.to_on >= day)
        .order_by(Absence.id)
    )
    return {row.official_id: row.substitute_id for row in rows}


def everybody() -> Select[int]:
    """Ids of all officials of the city; usable inside other statements."""
    return select(Official.id)


def line_below(official_id: int) -> Select[int]:
    """Ids of an official and of everybody below, at any depth; usable inside other statements."""
    return select(_line(Official.id == official_id).c.id)


def line_of(user: User) -> Select[int]:
    """The same for the official that an account stands for; nobody for residents and moderators."""
    return _line_of_account(user.id)


def agencies_of_line(user: User) -> Select[int]:
    """Agencies in whose line an account stands: the own one and those of everybody below."""
    return _agencies_of_account(user.id)


def commanders_of(agency_id: int) -> frozenset[int]:
    """Ids of the line of an agency: everybody who works there or stands above one who does."""
    line = select(Official.id, Official.supervisor_id).where(Official.agency_id == agency_id)
    up = line.cte(recursive=True)
    above = aliased(Official)
    up = up.union(select(above.id, above.supervisor_id).where(above.id == up.c.supervisor_id))
    return frozenset(db.session.scalars(select(up.c.id)))


# Statements are values: built once for each account, because every page of the desk asks for them.


@lru_cache(maxsize=1000)
def _line_of_account(user_id: int) -> Select[int]:
    return select(_line(Official.user_id == user_id).c.id)


@lru_cache(maxsize=1000)
def _agencies_of_account(user_id: int) -> Select[int]:
    return select(Official.agency_id).where(Official.id.in_(_line_of_account(user_id)))


def _line(top: ColumnElement[bool]) -> CTE:
    line = select(Official.id).where(top).cte(recursive=True)
    below = aliased(Official)
    # UNION, not UNION ALL: a circle of supervisors in imported data ends instead of running on.
    return line.union(select(below.id).where(below.supervisor_id == line.c.id))
