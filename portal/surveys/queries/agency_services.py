"""The named services of agencies."""

from collections.abc import Sequence
from datetime import date

from flask import abort
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal.db import db
from portal.organisation.models import Agency
from portal.surveys.models import AgencyService, Survey


def services_of(agency_id: int | None) -> Sequence[AgencyService]:
    """Named services with their agency, by agency and name; None: of all agencies."""
    statement = (
        select(AgencyService)
        .join(AgencyService.agency)
        .options(joinedload(AgencyService.agency))
        .order_by(Agency.name, AgencyService.name_id)
    )
    if agency_id is not None:
        statement = statement.where(AgencyService.agency_id == agency_id)
    return db.session.scalars(statement).all()


def service_or_404(service_id: int) -> AgencyService:
    return db.session.get(AgencyService, service_id) or abort(404)


def service_named(agency_id: int, name: str) -> AgencyService | None:
    return db.session.scalar(select(AgencyService).filter_by(agency_id=agency_id, name_id=name))


def overlapping(service_id: int, opens_on: date, closes_on: date) -> bool:
    """Is there another survey of the service that people could answer on one of these days?"""
    return bool(
        db.session.scalar(
            select(func.count())
            .select_from(Survey)
            .where(
                Survey.service_id == service_id,
                Survey.opens_on <= closes_on,
                Survey.closes_on >= opens_on,
                Survey.closed_at.is_(None),
            )
        )
    )
