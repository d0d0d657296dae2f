"""Routing rules and the people behind them, as plain values for the match."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select, union
from sqlalchemy.orm import defer, joinedload, lazyload

from portal import config
from portal.categories.models import Category
from portal.categories.rules import OTHER
from portal.db import db
from portal.organisation import queries as organisation
from portal.organisation.models import Agency, AgencyCategory, Official
from portal.organisation.outside.queries import outside
from portal.organisation.rules import LADDER
from portal.places.models import Area
from portal.routing.models import RoutingPoolMember, RoutingRule
from portal.routing.rules import Candidate, Rule, enclosing


class FoundRule(NamedTuple):
    """A rule, its agency, and what it names: held together, so that its reason asks for nothing more."""

    rule: Rule
    agency: Agency
    category: Category | None
    area: Area | None


def city_day(at: datetime) -> date:
    """The city's date at that moment, by which validity is judged."""
    return at.astimezone(config.current().zone).date()


def offered_categories(at: datetime) -> Sequence[Category]:
    """Categories that somebody in this city answers for, and `lainnya`, in their order."""
    day = city_day(at)
    answered = (
        select(RoutingRule.category_code)
        .join(Agency, Agency.id == RoutingRule.agency_id)
        .where(
            rule_valid_on(day),
            organisation.valid_on(day),
            RoutingRule.category_code.is_not(None),
        )
    )
    elsewhere = select(AgencyCategory.category_code).join(Agency).where(outside(day))
    return db.session.scalars(
        select(Category)
        .where(
            Category.is_active.is_(True),
            or_(Category.code.in_(answered), Category.code.in_(elsewhere), Category.code == OTHER),
        )
        .order_by(Category.position, Category.code)
    ).all()


def outside_bodies(category_code: str, at: datetime) -> Sequence[Agency]:
    """Bodies outside the city government that answer for a whole category, by the directory or by a rule
    for the whole city, with their channels."""
    day = city_day(at)
    by_directory = select(AgencyCategory.agency_id).where(AgencyCategory.category_code == category_code)
    by_rule = select(RoutingRule.agency_id).where(
        RoutingRule.category_code == category_code, RoutingRule.area_code.is_(None), rule_valid_on(day)
    )
    return (
        db.session.scalars(
            select(Agency)
            .where(outside(day), or_(Agency.id.in_(by_directory), Agency.id.in_(by_rule)))
            .options(joinedload(Agency.channels))
            .order_by(Agency.name, Agency.id)
        )
        .unique()
        .all()
    )


def outside_codes(day: date) -> set[str]:
    """Categories that bodies outside the city government answer for as a whole."""
    by_directory = select(AgencyCategory.category_code).join(Agency).where(outside(day))
    by_rule = (
        select(RoutingRule.category_code)
        .join(Agency, Agency.id == RoutingRule.agency_id)
        .where(
            outside(day),
            rule_valid_on(day),
            RoutingRule.area_code.is_(None),
            RoutingRule.category_code.is_not(None),
        )
    )
    return set(db.session.scalars(union(by_directory, by_rule)))


def candidate_rules(category_codes: Collection[str], area_code: str | None, day: date) -> list[FoundRule]:
    """Rules that may fit one of the categories in the area, with their agency valid on that day."""
    rows = db.session.execute(
        select(RoutingRule, Agency, Category, Area)
        .join(Agency, Agency.id == RoutingRule.agency_id)
        .outerjoin(Category, Category.code == RoutingRule.category_code)
        .outerjoin(Area, Area.code == RoutingRule.area_code)
        .where(
            or_(
                RoutingRule.category_code.in_(category_codes),
                RoutingRule.category_code.is_(None),
            ),
            or_(
                RoutingRule.area_code.in_(enclosing(area_code)),
                RoutingRule.area_code.is_(None),
            ),
            rule_valid_on(day),
            organisation.valid_on(day),
        )
        .options(lazyload(RoutingRule.pool), defer(Area.boundary))
    )
    return [FoundRule(plain(rule), agency, category, area) for rule, agency, category, area in rows]


def pool_of_rule(rule_id: int, agency_id: int, day: date) -> list[Candidate]:
    """The officials named by the rule; when it names none, those of its agency."""
    return team_of_rule(rule_id, day) or pool_of_agency(agency_id, day)


def team_of_rule(rule_id: int | None, day: date) -> list[Candidate]:
    """The officials named by the rule, as far as they are in office; nobody when it names none."""
    named = select(RoutingPoolMember.official_id).where(RoutingPoolMember.rule_id == rule_id)
    return _candidates(Official.id.in_(named), day)


def has_team(rule_id: int | None, day: date) -> bool:
    """Does the rule name anybody who is in office?"""
    named = select(Official.id).join(RoutingPoolMember).where(RoutingPoolMember.rule_id == rule_id)
    return bool(db.session.scalar(select(named.where(organisation.active_on(day)).exists())))


def pool_of_agency(agency_id: int, day: date) -> list[Candidate]:
    """The agency's officials; where it has none, its supervisors, then its head."""
    everybody = db.session.execute(
        select(Official.id, Official.open_count, Official.rank).where(
            Official.agency_id == agency_id, organisation.active_on(day)
        )
    ).all()
    for rank in LADDER:
        if rows := [row for row in everybody if row.rank == rank]:
            return _with_areas([(row.id, row.open_count) for row in rows])
    return []


def candidates(official_ids: Collection[int], day: date) -> list[Candidate]:
    """The given officials, as far as they are in office."""
    return _candidates(Official.id.in_(official_ids), day) if official_ids else []


def _candidates(condition: ColumnElement[bool], day: date) -> list[Candidate]:
    rows = db.session.execute(
        select(Official.id, Official.open_count).where(condition, organisation.active_on(day))
    )
    return _with_areas([(row.id, row.open_count) for row in rows])


def _with_areas(people: list[tuple[int, int]]) -> list[Candidate]:
    areas = organisation.areas_of([one for one, _ in people]) if people else {}
    return [Candidate(one, open_count, frozenset(areas.get(one, ()))) for one, open_count in people]


def plain(rule: RoutingRule) -> Rule:
    """The rule as the match sees it."""
    return Rule(
        id=rule.id,
        category_code=rule.category_code,
        area_code=rule.area_code,
        agency_id=rule.agency_id,
        priority=rule.priority,
        verifies=rule.verifies,
        valid_from=rule.valid_from,
        valid_to=rule.valid_to,
    )


def rule_valid_on(day: date) -> ColumnElement[bool]:
    """The rule holds on that day."""
    return (RoutingRule.valid_from <= day) & or_(RoutingRule.valid_to.is_(None), RoutingRule.valid_to >= day)
