"""Find whose a matter is, and say why in values that can be told in both languages later."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from portal.categories.models import Category
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l
from portal.organisation import queries as organisation
from portal.organisation.models import Agency, Official
from portal.routing import queries, rules
from portal.routing.models import RoutingPoolMember, RoutingRule
from portal.routing.queries import FoundRule
from portal.routing.rules import Basis, Candidate


@dataclass(frozen=True, slots=True)
class Routing:
    """Whose a matter is. Without an agency it goes to triage; `reason` says why, for `reasons.tell`.

    `verifies`: an explicit auto-route rule of the category; it verifies at once what may be
    verified without a moderator (never anonymous, confidential or supervisory-weight reports).
    """

    agency_id: int | None
    official_id: int | None
    rule_id: int | None = None
    verifies: bool = False
    reason: dict[str, Any] = field(default_factory=dict)


def route(
    category_code: str,
    area_code: str | None,
    at: datetime,
    *,
    exclude_agency_id: int | None = None,
    is_supervisory: bool = False,
) -> Routing:
    """The responsible official by the best rule; matters of supervisory weight go to the inspectorate.

    `exclude_agency_id` is the unit that the matter is about: it and its line get nothing.
    """
    day = queries.city_day(at)
    if is_supervisory or exclude_agency_id is not None:
        return _route_to_inspectorate(area_code, day, exclude_agency_id)
    found = queries.candidate_rules([category_code], area_code, day)
    fitting = _fitting(found, category_code, area_code, day)
    if not fitting:
        return Routing(None, None, reason={"basis": Basis.NONE})
    rule, agency = fitting[0].rule, fitting[0].agency
    reason = _rule_reason(fitting[0])
    if agency.is_external:
        return Routing(None, None, rule_id=rule.id, reason=reason)
    choice = _choose(queries.pool_of_rule(rule.id, agency.id, day), area_code, day, frozenset())
    return _routing(agency.id, choice, reason, rule_id=rule.id, verifies=rule.verifies)


def route_to(
    agency_id: int,
    area_code: str | None,
    at: datetime,
    *,
    basis: Basis = Basis.MODERATOR,
    exclude_agency_id: int | None = None,
) -> Routing:
    """The official of a named agency who takes the matter, when a person chose the agency."""
    day = queries.city_day(at)
    barred = organisation.commanders_of(exclude_agency_id) if exclude_agency_id else frozenset()
    choice = _choose(queries.pool_of_agency(agency_id, day), area_code, day, barred)
    return _routing(agency_id, choice, {"basis": basis})


def name(official: Official, at: datetime) -> Routing:
    """The official whom a moderator named in person. Raises DomainError when they are on leave."""
    organisation.check_present(official, queries.city_day(at))
    return Routing(official.agency_id, official.id, reason={"basis": Basis.NAMED})


def responsible(official: Official, at: datetime) -> Routing:
    """The official who answers for what the matter is about, or who stands in for them that day."""
    day = queries.city_day(at)
    choice = _choose(queries.candidates([official.id], day), None, day, frozenset())
    return _routing(official.agency_id, choice, {"basis": Basis.RESPONSIBLE})


def names_people(routing: Routing, at: datetime) -> bool:
    """Did people name who gets it: a rule its pool, or a moderator the official?"""
    if routing.official_id is None:
        return False
    is_named = routing.reason.get("basis") == Basis.NAMED
    return is_named or queries.has_team(routing.rule_id, queries.city_day(at))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An agency that a moderator may want, the category that leads to it, and the rule's reason."""

    agency: Agency
    category_code: str
    reason: dict[str, Any]


def suggest(
    category_codes: Sequence[str], area_code: str | None, at: datetime, *, limit: int | None = 3
) -> list[Suggestion]:
    """Agencies that a moderator may want, best first, each once, with its reason.

    The first category is the one that the resident chose; the others are guesses from the text.
    """
    day = queries.city_day(at)
    found = queries.candidate_rules(category_codes, area_code, day)
    agencies: dict[int, Suggestion] = {}
    for category_code in category_codes:
        for one in _fitting(found, category_code, area_code, day):
            if one.agency.id not in agencies:
                agencies[one.agency.id] = Suggestion(one.agency, category_code, _rule_reason(one))
    return list(agencies.values())[:limit]


def _route_to_inspectorate(area_code: str | None, day: date, excluded_id: int | None) -> Routing:
    inspectorate = organisation.inspectorate(day)
    if inspectorate is None or inspectorate.id == excluded_id:
        return Routing(None, None, reason={"basis": Basis.NONE})
    barred = organisation.commanders_of(excluded_id) if excluded_id else frozenset()
    choice = _choose(queries.pool_of_agency(inspectorate.id, day), area_code, day, barred)
    return _routing(inspectorate.id, choice, {"basis": Basis.INSPECTORATE})


def _fitting(
    found: Sequence[FoundRule], category_code: str, area_code: str | None, day: date
) -> list[FoundRule]:
    by_rule = {one.rule.id: one for one in found}
    best = rules.fitting(
        [one.rule for one in found],
        category_code=category_code,
        area_code=area_code,
        on=day,
    )
    return [by_rule[rule.id] for rule in best]


def _choose(
    pool: Sequence[Candidate], area_code: str | None, day: date, barred: Collection[int]
) -> rules.Choice | None:
    presence = organisation.away_on(day)
    allowed = [one for one in pool if one.official_id not in barred]
    away = {
        one.official_id: presence.substitute(one.official_id, lambda other: other not in barred)
        for one in allowed
        if one.official_id in presence.away
    }
    stand_ins = queries.candidates({one for one in away.values() if one is not None}, day)
    substitutes = {one.official_id: one for one in stand_ins}
    choice = rules.choose(allowed, area_code=area_code, away=away, substitutes=substitutes)
    if choice is None or choice.official_id not in presence.away:
        return choice
    leader = presence.leader(choice.official_id, lambda other: other not in barred)
    return choice if leader is None else rules.Choice(leader, stands_in=True)


def _routing(
    agency_id: int,
    choice: rules.Choice | None,
    reason: dict[str, Any],
    *,
    rule_id: int | None = None,
    verifies: bool = False,
) -> Routing:
    if choice is not None and choice.stands_in:
        reason = {**reason, "stands_in": True}
    official_id = choice.official_id if choice else None
    return Routing(agency_id, official_id, rule_id=rule_id, verifies=verifies, reason=reason)


def _rule_reason(found: FoundRule) -> dict[str, Any]:
    """Names are kept as they were at the time: renaming an area does not rewrite the past."""
    agency = found.agency
    reason: dict[str, Any] = {"basis": Basis.EXTERNAL if agency.is_external else Basis.RULE}
    if found.category is not None:
        reason["category"] = {"id": found.category.name_id, "en": found.category.name_en}
    if found.area is not None:
        reason["area"] = found.area.name
    if agency.is_external:
        reason |= {"agency": agency.name, "contact": agency.contact}
    return reason


def save_rule(
    rule: RoutingRule | None,
    *,
    category_code: str | None,
    area_code: str | None,
    agency_id: int,
    priority: int,
    verifies: bool,
    valid_from: date,
    valid_to: date | None,
    note: str,
    pool: Collection[int],
) -> RoutingRule:
    """Add a routing rule, or change one; `pool` holds the ids of its officials, none: the agency's."""
    if valid_to is not None and valid_to < valid_from:
        raise DomainError(_l("Tanggal akhir tidak boleh sebelum tanggal awal."), field="valid_to")
    if verifies:
        _check_may_verify(category_code)
    rule = rule or RoutingRule()
    rule.category_code, rule.area_code, rule.agency_id = category_code, area_code, agency_id
    rule.priority, rule.verifies, rule.note = priority, verifies, note.strip()
    rule.valid_from, rule.valid_to = valid_from, valid_to
    held = [member for member in rule.pool if member.official_id in pool]
    added = sorted(set(pool) - {member.official_id for member in held})
    rule.pool = held + [RoutingPoolMember(official_id=official_id) for official_id in added]
    db.session.add(rule)
    db.session.flush()
    return rule


def _check_may_verify(category_code: str | None) -> None:
    """Only an explicit rule of an ordinary category may verify without a moderator."""
    category = db.session.get(Category, category_code) if category_code else None
    if category is None:
        raise DomainError(
            _l("Verifikasi otomatis hanya boleh untuk aturan dengan bidang tertentu."), field="verifies"
        )
    if category.category_class in (CategoryClass.SUPERVISORY, CategoryClass.CONFIDENTIAL):
        raise DomainError(
            _l("Laporan berkadar pengawasan dan laporan rahasia tidak boleh diverifikasi otomatis."),
            field="verifies",
        )
