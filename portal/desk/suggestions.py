"""Whom a moderator may want to give a report to: at most three agencies, each with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.assignments.models import Assignment
from portal.categories import queries as categories
from portal.categories.rules import suggest
from portal.db import db
from portal.i18n import _, ngettext
from portal.organisation import queries as organisation
from portal.organisation.models import Agency, Official
from portal.reports import queries as reports
from portal.reports.models import Report
from portal.routing import reasons, services
from portal.routing.queries import city_day
from portal.routing.rules import Basis
from portal.routing.services import Routing

OFFERS = 3
NAMED = 3  # earlier reports that a reason names


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
    text = f"{report.content.title}\n{report.content.body}"
    return _offers(report.category_code, report.area_code, at, text=text)


def for_duty(assignment: Assignment, at: datetime) -> list[Offer]:
    """The same for a duty that came back; who gave it back comes last in a list of all."""
    offers = _offers(assignment.category_code, assignment.area_code, at)
    apart = {assignment.agency_id, assignment.excluded_agency_id}
    return [offer for offer in offers if offer.agency.id not in apart]


def others(offers: Sequence[Offer], excluded_id: int | None, at: datetime) -> list[Agency]:
    """Every other agency that may take it, by name."""
    apart = {offer.agency.id for offer in offers} | {excluded_id}
    return [one for one in organisation.receivers(city_day(at)) if one.id not in apart]


def routing_to(report: Report, agency_id: int, at: datetime, *, official_id: int | None = None) -> Routing:
    """To the official whom the moderator named; else by its rule when the moderator followed the
    rules, else by the moderator's choice of an agency."""
    if official_id is not None:
        return services.name(db.session.get_one(Official, official_id), at)
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


def _offers(category_code: str | None, area_code: str | None, at: datetime, *, text: str = "") -> list[Offer]:
    """By the rules of its category first, then of the categories that its words speak for, then those who
    answered reports with the same words; each with everything that speaks for it."""
    said = {guess.code: guess.matched_words for guess in suggest(text, categories.keywords())}
    chosen = [category_code] if category_code else []
    codes = list(dict.fromkeys([*chosen, *said]))
    answered = _answered(text)
    found = {
        one.agency.id: Offer(one.agency, _reason(one, said if one.category_code not in chosen else {}))
        for one in services.suggest(codes, area_code, at)
    }
    for agency_id, (agency, numbers) in answered.items():
        before = found.get(agency_id)
        told = " ".join(filter(None, [before.reason if before else "", _experience(numbers)]))
        found[agency_id] = Offer(agency, told)
    return list(found.values())[:OFFERS]


def _answered(text: str) -> dict[int, tuple[Agency, list[str]]]:
    """Agencies that answered the most alike reports, the most experienced first."""
    by_agency: dict[int, tuple[Agency, list[str]]] = {}
    for number, agency in reports.answered_alike(text) if text else ():
        by_agency.setdefault(agency.id, (agency, []))[1].append(number)
    return dict(sorted(by_agency.items(), key=lambda pair: -len(pair[1][1])))


def _experience(numbers: Sequence[str]) -> str:
    return ngettext(
        "Menjawab %(num)s laporan serupa: %(numbers)s.",
        "Menjawab %(num)s laporan serupa: %(numbers)s.",
        len(numbers),
        numbers=", ".join(numbers[:NAMED]),
    )


def _reason(found: services.Suggestion, said: Mapping[str, list[str]]) -> str:
    """The rule; where a guess led to it, the words that it was guessed from."""
    told = reasons.tell(found.reason)
    words = said.get(found.category_code)
    if not words:
        return told
    return f"{told} {_('Isi laporan menyebut: %(words)s.', words=', '.join(words))}"
