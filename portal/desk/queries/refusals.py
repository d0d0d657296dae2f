"""Refusals that moderators look at again: of duties, and of reports before they were verified."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, and_, literal, or_, select, union_all
from sqlalchemy.orm import contains_eager, joinedload

from portal.accounts.models import User
from portal.assignments import queries as assignments
from portal.assignments.models import Assignment, Response
from portal.assignments.rules import RefusalBasis, ResponseKind
from portal.db import db
from portal.desk.rules import PAGE_SIZE
from portal.keyset import Place
from portal.organisation.models import Agency
from portal.reports import queries as reports
from portal.reports.models import EarlyRefusal, Report, ReportContent

DUTY, EARLY = "duty", "early"


def listed(
    user: User, *, basis: RefusalBasis | None, agency_id: int | None, before: Place | None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Newest first; one more than a page shows. With an agency only what that agency refused."""
    kinds = [_page(_of_duties(user, basis, agency_id), Response, 0, before)]
    if agency_id is None:
        kinds.append(_page(_early(user, basis), EarlyRefusal, 1, before))
    both = union_all(*(select(kind) for kind in kinds)).subquery()
    return db.session.execute(
        select(both).order_by(both.c.at.desc(), both.c.place.desc()).limit(PAGE_SIZE + 1)
    ).all()


def of_duty(response_id: int, user: User) -> Response | None:
    """A refusal of a duty that the moderator may read, with whom it points to."""
    statement = (
        select(Response)
        .join(Response.assignment)
        .where(Response.id == response_id, Response.kind == ResponseKind.REFUSAL)
        .options(
            contains_eager(Response.assignment).joinedload(Assignment.agency),
            joinedload(Response.official),
            joinedload(Response.agency),
            joinedload(Response.outside_body).joinedload(Agency.channels),
        )
    )
    return db.session.scalars(assignments.visible_to(statement, user)).unique().one_or_none()


def early(refusal_id: int, user: User) -> EarlyRefusal | None:
    """A refusal before verification, unless the report is about the moderator's own line."""
    return (
        db.session.scalars(
            select(EarlyRefusal)
            .where(EarlyRefusal.id == refusal_id, EarlyRefusal.report_id.in_(_own_reports(user)))
            .options(
                joinedload(EarlyRefusal.report).joinedload(Report.content),
                joinedload(EarlyRefusal.question),
                joinedload(EarlyRefusal.outside_body).joinedload(Agency.channels),
            )
        )
        .unique()
        .one_or_none()
    )


def agencies() -> Sequence[Row[int, str]]:
    """The city's agencies by name, also those that no longer exist: as (id, name)."""
    return db.session.execute(
        select(Agency.id, Agency.name).where(Agency.is_external.is_(False)).order_by(Agency.name)
    ).all()


def _of_duties(user: User, basis: RefusalBasis | None, agency_id: int | None) -> Select[*tuple[Any, ...]]:
    statement = (
        select(
            literal(DUTY).label("origin"),
            Response.id,
            Response.at,
            Response.basis,
            Response.overturned_at,
            Assignment.number,
            Assignment.title,
            Agency.name.label("agency"),
            (Response.id * 2).label("place"),
        )
        .join(Response.assignment)
        .join(Agency, Agency.id == Response.agency_id)
        .where(Response.kind == ResponseKind.REFUSAL)
    )
    if basis is not None:
        statement = statement.where(Response.basis == basis)
    if agency_id is not None:
        statement = statement.where(Response.agency_id == agency_id)
    return assignments.visible_to(statement, user)


def _early(user: User, basis: RefusalBasis | None) -> Select[*tuple[Any, ...]]:
    statement = (
        select(
            literal(EARLY).label("origin"),
            EarlyRefusal.id,
            EarlyRefusal.at,
            EarlyRefusal.basis,
            EarlyRefusal.overturned_at,
            Report.number,
            ReportContent.title,
            literal("").label("agency"),
            (EarlyRefusal.id * 2 + 1).label("place"),
        )
        .join(Report, Report.id == EarlyRefusal.report_id)
        .join(ReportContent, ReportContent.report_id == Report.id)
        .where(EarlyRefusal.report_id.in_(_own_reports(user)))
    )
    return statement if basis is None else statement.where(EarlyRefusal.basis == basis)


def _own_reports(user: User) -> Select[int]:
    return reports.of_moderator(user).with_only_columns(Report.id)


def _page(statement: Select[*tuple[Any, ...]], model: Any, parity: int, before: Place | None) -> Any:
    """The newest of one kind, cut before they are put together: both indexes end in the id."""
    if before is not None:
        at, place = before
        # The other kind's rows of the same moment stand at odd places where ours stand at even ones.
        is_before = or_(model.at < at, and_(model.at == at, model.id * 2 + parity < place))
        statement = statement.where(model.at <= at, is_before)
    return statement.order_by(model.at.desc(), model.id.desc()).limit(PAGE_SIZE + 1).subquery()
