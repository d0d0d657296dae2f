"""Whom a moderator may want to give a report to: at most three agencies, each with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.assignments.models import Assignment
from portal.organisation import queries as organisation
from portal.organisation.models import Agency
from portal.reports.models import Report
from portal.routing import reasons, services
from portal.routing.queries import city_day
from portal.routing.rules import Basis
from portal.routing.services import Routing


@dataclass(frozen=True)
class Offer:
    """An agency to choose. An external body is named, but cannot be chosen."""

    agency: Agency
    reason: str


def for_report(report: Report, at: datetime) -> list[Offer]:
    """By the rules for its category and area; of supervisory weight: the inspectorate alone."""
    if report.is_supervisory or report.concerned_agency_id is not None:
        agency = organisation.inspectorate(city_day(at))
        if agency is None or agency.id == report.concerned_agency_id:
            return []
        return [Offer(agency, reasons.tell({"basis": Basis.INSPECTORATE}))]
    return _offers(report.category_code, report.area_code, at)


def for_duty(assignment: Assignment, at: datetime) -> list[Offer]:
    """The same for a duty that came back; who gave it back comes last in a list of all."""
    offers = _offers(assignment.category_code, assignment.area_code, at)
    apart = {assignment.agency_id, assignment.excluded_agency_id}
    return [offer for offer in offers if offer.agency.id not in apart]


def others(offers: Sequence[Offer], excluded_id: int | None, at: datetime) -> list[Agency]:
    """Every other agency that may take it, by name."""
    apart = {offer.agency.id for offer in offers} | {excluded_id}
    return [one for one in organisation.receivers(city_day(at)) if one.id not in apart]


def routing_to(report: Report, agency_id: int, at: datetime) -> Routing:
    """By its rule when the moderator followed the rules, else by the moderator's choice."""
    by_rule = services.route(
        report.category_code,
        report.area_code,
        at,
        exclude_agency_id=report.concerned_agency_id,
        is_supervisory=report.is_supervisory,
    )
    if by_rule.agency_id == agency_id:
        return by_rule
    return services.route_to(agency_id, report.area_code, at, exclude_agency_id=report.concerned_agency_id)


def _offers(category_code: str | None, area_code: str | None, at: datetime) -> list[Offer]:
    if category_code is None:
        return []
    found = services.suggest([category_code], area_code, at)
    return [Offer(agency, reasons.tell(reason)) for agency, reason in found]
