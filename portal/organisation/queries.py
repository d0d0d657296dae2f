"""Who works where, who stands above and below whom, and who is away."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import CTE, ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased

from portal.accounts.models import User
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l, format_date
from portal.organisation import rules
from portal.organisation.models import Absence, Agency, Official, OfficialArea, StandingSubstitute
from portal.organisation.rules import INSPECTORATE, LeaveState, Rank


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


def present_colleagues(agency_id: int, day: date) -> Sequence[Official]:
    """Everybody in office in an agency who is not on leave, by name: who can be given something."""
    away = select(Absence.id).where(Absence.official_id == Official.id, *_leave_on(day)).exists()
    return db.session.scalars(
        select(Official)
        .where(Official.agency_id == agency_id, active_on(day), ~away)
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


Fit = Callable[[int], bool]  # is this official fit for what is to be done?


def anybody(official_id: int) -> bool:
    return True


@dataclass(frozen=True)
class Presence:
    """Who is on approved leave on a day, with the substitutes named for it and those named in advance."""

    day: date
    away: Mapping[int, int | None]
    standing: Mapping[int, Sequence[int]]

    def substitute(self, official_id: int, may: Fit = anybody) -> int | None:
        """Who was named to act for somebody who is away, and is there; None when nobody is."""
        return rules.stand_in(official_id, away=self.away, standing=self.standing, may=may)

    def stand_in(self, official_id: int, may: Fit = anybody) -> int | None:
        """The same, else the next one up the line who is there. `may` says who is fit."""
        found = self.substitute(official_id, may)
        return found if found is not None else self.leader(official_id, may)

    def leader(self, official_id: int, may: Fit = anybody) -> int | None:
        """The first one up the line who is there; else a leader of the agency who is."""
        official = db.session.get(Official, official_id)
        if official is None:
            return None
        peers = (one for one in colleagues(official.agency_id, self.day) if one.rank is not Rank.OFFICIAL)
        for one in (*line_above(official), *peers):
            if one.id != official_id and one.id not in self.away and is_active(one, self.day) and may(one.id):
                return one.id
        return None


def away_on(day: date) -> Presence:
    """Who is away on approved leave that day, and who may stand in; two statements."""
    in_office = and_(Official.id == Absence.substitute_id, active_on(day))
    on_leave = select(Absence.official_id, Official.id).outerjoin(Official, in_office).where(*_leave_on(day))
    away = {row.official_id: row.id for row in db.session.execute(on_leave.order_by(Absence.id))}
    standing: dict[int, list[int]] = {}
    for row in db.session.execute(_standing(day)) if away else ():
        standing.setdefault(row.official_id, []).append(row.substitute_id)
    return Presence(day, away, standing)


def leave_on(official_id: int, day: date) -> Absence | None:
    """The approved leave that an official is on that day."""
    return db.session.scalar(
        select(Absence).where(Absence.official_id == official_id, *_leave_on(day)).limit(1)
    )


def check_present(official: Official, day: date) -> None:
    """Raise DomainError when somebody who is to get a matter is on leave."""
    found = leave_on(official.id, day)
    if found is not None:
        raise DomainError(
            _l("%(name)s sedang cuti sampai %(day)s.", name=official.name, day=format_date(found.to_on)),
            field="official",
        )


def is_active(official: Official, day: date) -> bool:
    """Is the official in office on that day?"""
    return official.active_from <= day and (official.active_to is None or official.active_to >= day)


def line_above(official: Official) -> Iterator[Official]:
    """The supervisor, theirs, and so on to the top."""
    seen = {official.id}  # imported data may hold a circle
    above = official.supervisor
    while above is not None and above.id not in seen:
        seen.add(above.id)
        yield above
        above = above.supervisor


def _leave_on(day: date) -> tuple[ColumnElement[bool], ...]:
    return Absence.state == LeaveState.APPROVED, Absence.from_on <= day, Absence.to_on >= day


def _standing(day: date) -> Select[int, int]:
    """Substitutes named in advance who are in office, in their order."""
    return (
        select(StandingSubstitute.official_id, StandingSubstitute.substitute_id)
        .join(Official, Official.id == StandingSubstitute.substitute_id)
        .where(active_on(day))
        .order_by(StandingSubstitute.position, StandingSubstitute.id)
    )


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
