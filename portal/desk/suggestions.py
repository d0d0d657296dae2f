"""Whom a moderator may want to give a report to: at most three agencies, each with its reason."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.assignments.models import Assignment
from portal.db import db
from portal.desk.hearing import Hearing
from portal.i18n import _, ngettext
from portal.organisation import queries as organisation
from portal.organisation.models import Agency, Official
from portal.reports import queries as reports
from portal.reports.models import Report
from portal.routing import reasons, services
from portal.routing.learning import queries as learning
from portal.routing.learning.queries import Receivers
from portal.routing.learning.speaking import Speaker
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


@dataclass(frozen=True)
class Offered:
    """Agencies to choose from: those that something speaks for, and every other that may take it, by name."""

    offers: list[Offer]
    others: list[Agency]


def for_report(report: Report, at: datetime) -> Offered:
    """By the rules for its category and area, by its words, and by what was answered before; of
    supervisory weight: the inspectorate alone."""
    if report.is_supervisory or report.concerned_agency_id is not None:
        agency = organisation.inspectorate(city_day(at))
        told = reasons.tell({"basis": Basis.INSPECTORATE})
        mine = [] if agency is None or agency.id == report.concerned_agency_id else [Offer(agency, told)]
        return _offered(mine, organisation.receivers(city_day(at)), {report.concerned_agency_id})
    receivers = learning.receivers(city_day(at))
    text = f"{report.content.title}\n{report.content.body}"
    offers = _offers(report.category_code, report.area_code, at, text=text, receivers=receivers)
    return _offered(offers, receivers.agencies, set())


@dataclass(frozen=True)
class Explained:
    """A suggested agency, its reason, and the words that speak for it with their strength."""

    agency: str
    reason: str
    speakers: list[Speaker]


def explained(report: Report, at: datetime) -> list[Explained]:
    """Why the three are suggested, word by word; nothing for what never asks the words."""
    if report.is_supervisory or report.concerned_agency_id is not None:
        return []
    receivers = learning.receivers(city_day(at))
    text = f"{report.content.title}\n{report.content.body}"
    words = Hearing.of(text, receivers)
    offers = _offers(report.category_code, report.area_code, at, text=text, receivers=receivers)
    return [Explained(one.agency.name, one.reason, words.speakers(one.agency)) for one in offers]


def for_duty(assignment: Assignment, at: datetime) -> Offered:
    """The same for a duty that came back; who gave it back comes last in a list of all."""
    receivers = learning.receivers(city_day(at))
    offers = _offers(assignment.category_code, assignment.area_code, at, receivers=receivers)
    apart = {assignment.agency_id, assignment.excluded_agency_id}
    able = [offer for offer in offers if offer.agency.id not in apart]
    return _offered(able, receivers.agencies, {assignment.excluded_agency_id})


def others(excluded_id: int | None, at: datetime) -> list[Agency]:
    """Every agency that may take it, by name, when nothing is suggested."""
    return _offered([], organisation.receivers(city_day(at)), {excluded_id}).others


def _offered(offers: list[Offer], agencies: Sequence[Agency], excluded: Collection[int | None]) -> Offered:
    apart = {offer.agency.id for offer in offers}.union(excluded)
    return Offered(offers, [one for one in agencies if one.id not in apart])


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


def _offers(
    category_code: str | None,
    area_code: str | None,
    at: datetime,
    *,
    text: str = "",
    receivers: Receivers,
) -> list[Offer]:
    """First whom the rules of its category name; then those for whom its words speak, by keywords and by
    what was learned; then those who answered alike reports. Each with everything that speaks for it."""
    words = Hearing.of(text, receivers)
    chosen = [category_code] if category_code else []
    found = services.suggest([*chosen, *words.categories()], area_code, at, limit=None)
    answered = _answered(text)
    by_rule = {one.agency.id: one for one in found}
    agencies = {one.agency.id: one.agency for one in found}
    agencies |= {one.id: one for one in words.speaks_for(receivers.agencies, found)}
    agencies |= {agency_id: agency for agency_id, (agency, _) in answered.items()}
    offers = [
        Offer(agency, _reason(agency, by_rule.get(agency.id), words, chosen, answered))
        for agency in words.ordered(agencies.values(), found, chosen)
    ]
    return [offer for offer in offers if offer.reason][:OFFERS]


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


def _reason(
    agency: Agency,
    found: services.Suggestion | None,
    words: Hearing,
    chosen: Sequence[str],
    answered: Mapping[int, tuple[Agency, list[str]]],
) -> str:
    """The rule, where a guess led to it the words that it was guessed from; what was learned; what was
    answered."""
    told = [reasons.tell(found.reason)] if found else []
    if found and found.category_code not in chosen and (said := words.said.get(found.category_code)):
        told.append(_("Isi laporan menyebut: %(words)s.", words=", ".join(said)))
    if heard := words.heard_for(agency):
        told.append(_("Dalam riwayat kota, kata ini berbicara untuknya: %(words)s.", words=", ".join(heard)))
    if named := words.named_in(agency):
        told.append(_("Isi laporan menyebut kata dari namanya: %(words)s.", words=", ".join(named)))
    if agency.id in answered:
        told.append(_experience(answered[agency.id][1]))
    return " ".join(told)
