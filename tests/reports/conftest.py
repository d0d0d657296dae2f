"""A small city: one street-light category that is routed at once, one that goes to triage."""

from dataclasses import dataclass

import pytest
from flask import Flask

from portal.categories.models import Category
from portal.categories.rules import CategoryClass
from portal.deadlines import importers
from portal.organisation.models import Agency, Official
from portal.places.models import Area
from portal.places.rules import Level
from tests.builders import (
    MONDAY,
    make_agency,
    make_area,
    make_category,
    make_official,
    make_routing_rule,
    make_user,
)


@dataclass
class City:
    district: Area
    area: Area
    lights: Category  # routed and verified by rule
    roads: Category  # routed, but a moderator verifies
    secret: Category
    emergency: Category
    conduct: Category  # supervisory weight
    agency: Agency
    inspectorate: Agency
    official: Official


@pytest.fixture
def city(app: Flask) -> City:
    return make_city()


def make_city() -> City:
    importers.seed(zone="Asia/Jakarta", at=MONDAY)
    district = make_area(code="99.71.01", name="Medan Amplas", level=Level.DISTRICT)
    area = make_area(code="99.71.01.1001", name="Harjosari I", parent_code=district.code)
    agency = make_agency(name="Dinas Perhubungan")
    inspectorate = make_agency(name="Inspektorat", kind="inspektorat")
    official = make_official(agency, name="Rahmat Siregar", user_id=make_user().id)
    lights = make_category(code="pju", name_id="Lampu jalan", group="transport")
    roads = make_category(code="jalan", name_id="Jalan rusak", group="infrastructure")
    secret = make_category(code="anak", name_id="Kekerasan", category_class=CategoryClass.CONFIDENTIAL)
    emergency = make_category(code="api", name_id="Kebakaran", category_class=CategoryClass.EMERGENCY)
    conduct = make_category(code="asn", name_id="Disiplin", category_class=CategoryClass.SUPERVISORY)
    make_routing_rule(lights, agency)
    for category in (roads, secret, emergency, conduct):
        make_routing_rule(category, agency, verifies=False)
    return City(district, area, lights, roads, secret, emergency, conduct, agency, inspectorate, official)
