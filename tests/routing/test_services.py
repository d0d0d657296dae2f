"""Routing over the city's own rules, people and areas."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest

from portal.categories.models import Category
from portal.db import db
from portal.organisation.models import Absence, Official, OfficialArea
from portal.organisation.rules import Rank
from portal.places.rules import Level
from portal.routing import queries, reasons, services
from portal.routing.models import RoutingPoolMember
from portal.routing.rules import Basis
from tests.builders import make_agency, make_area, make_category, make_official, make_routing_rule

NOW = datetime(2026, 11, 16, 2, tzinfo=UTC)
VILLAGE, DISTRICT = "99.71.01.2001", "99.71.01"


@pytest.fixture
def category(session: object) -> Category:
    return make_category(name_id="Lampu jalan", name_en="Street light")


def away(official: Official, substitute: Official | None = None) -> None:
    absence = Absence(
        official_id=official.id,
        substitute_id=substitute.id if substitute else None,
        from_on=date(2026, 11, 16),
        to_on=date(2026, 11, 20),
        created_at=NOW,
    )
    db.session.add(absence)
    db.session.flush()


def looks_after(official: Official, *codes: str) -> None:
    db.session.add_all(OfficialArea(official_id=official.id, area_code=code) for code in codes)
    db.session.flush()


def pool(rule: Any, officials: Sequence[Official]) -> None:
    db.session.add_all(RoutingPoolMember(rule_id=rule.id, official_id=one.id) for one in officials)
    db.session.flush()


def test_the_matching_rule_is_named_with_its_reason_in_both_languages(category: Category) -> None:
    district = make_area(code=DISTRICT, name="Medan Amplas", level=Level.DISTRICT)
    make_area(code=VILLAGE, parent_code=district.code)
    official = make_official()
    rule = make_routing_rule(category, official.agency, area_code=DISTRICT)
    make_routing_rule(category, make_agency())

    found = services.route(category.code, VILLAGE, NOW)

    assert (found.rule_id, found.agency_id, found.official_id) == (rule.id, official.agency_id, official.id)
    assert found.verifies
    assert reasons.tell(found.reason) == "Aturan: Lampu jalan di Medan Amplas."
    assert found.reason["category"]["en"] == "Street light"


def test_a_rule_of_an_agency_that_ended_is_passed_over(category: Category) -> None:
    make_routing_rule(category, make_agency(valid_to=date(2026, 1, 1)))

    assert services.route(category.code, None, NOW).agency_id is None


def test_the_pool_of_the_rule_shares_the_load(category: Category) -> None:
    agency = make_agency()
    make_official(agency)
    busy, free = make_official(agency, open_count=5), make_official(agency, open_count=2)
    pool(make_routing_rule(category, agency), [busy, free])

    assert services.route(category.code, None, NOW).official_id == free.id


def test_without_a_pool_the_agencys_official_of_the_area_takes_it(category: Category) -> None:
    make_area(code=VILLAGE)
    agency = make_agency()
    make_official(agency)
    local = make_official(agency, open_count=9)
    looks_after(local, VILLAGE)
    make_routing_rule(category, agency)

    assert services.route(category.code, VILLAGE, NOW).official_id == local.id


def test_without_officials_the_supervisor_takes_it_before_the_head(category: Category) -> None:
    agency = make_agency()
    make_official(agency, rank=Rank.HEAD)
    supervisor = make_official(agency, rank=Rank.SUPERVISOR)
    make_routing_rule(category, agency)

    assert services.route(category.code, None, NOW).official_id == supervisor.id


def test_a_substitute_stands_in_and_the_reason_says_so(category: Category) -> None:
    official = make_official()
    substitute = make_official(active_from=date(2026, 1, 1))
    away(official, substitute)
    make_routing_rule(category, official.agency)

    found = services.route(category.code, None, NOW)

    assert found.official_id == substitute.id
    assert "menggantikan" in reasons.tell(found.reason)


def test_supervisory_weight_goes_to_the_inspectorate_past_every_rule(category: Category) -> None:
    concerned = make_official().agency
    chief_of_unit = make_official(make_agency(kind="inspektorat"))
    make_official(concerned, supervisor_id=chief_of_unit.id)
    inspector = make_official(chief_of_unit.agency, open_count=9)
    make_routing_rule(category, concerned)

    found = services.route(category.code, None, NOW, exclude_agency_id=concerned.id, is_supervisory=True)

    assert found.official_id == inspector.id
    assert not found.verifies
    assert found.reason == {"basis": Basis.INSPECTORATE}


def test_a_matter_about_the_inspectorate_itself_is_left_to_moderators(category: Category) -> None:
    inspectorate = make_official(make_agency(kind="inspektorat")).agency

    found = services.route(category.code, None, NOW, exclude_agency_id=inspectorate.id)

    assert found.agency_id is None


def test_an_external_body_is_named_and_gets_nothing(category: Category) -> None:
    make_routing_rule(category, make_agency(name="PT PLN UP3 Medan", is_external=True))

    found = services.route(category.code, None, NOW)

    assert (found.agency_id, found.verifies) == (None, False)
    assert "PT PLN UP3 Medan" in reasons.tell(found.reason)


def test_categories_that_nobody_answers_for_are_not_offered(session: object) -> None:
    answered, orphaned = make_category(position=1), make_category(position=2)
    retired, other = make_category(is_active=False), make_category(code="lainnya", position=3)
    for one in (answered, retired):
        make_routing_rule(one, make_agency())
    make_routing_rule(orphaned, make_agency(valid_to=date(2026, 1, 1)))

    assert list(queries.offered_categories(NOW)) == [answered, other]


def test_suggestions_name_each_agency_once_the_chosen_category_first(category: Category) -> None:
    guess = make_category()
    first, second = make_agency(), make_agency()
    make_routing_rule(category, first)
    make_routing_rule(guess, first)
    make_routing_rule(guess, second)

    found = services.suggest([category.code, guess.code], None, NOW)

    assert [(one.agency, one.category_code) for one in found] == [
        (first, category.code),
        (second, guess.code),
    ]
