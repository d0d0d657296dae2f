"""A small city: one theme whose questions an official answers, and somebody who moderates."""

from dataclasses import dataclass

import pytest
from flask import Flask

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.deadlines import importers
from portal.forum.models import ForumCategory
from portal.organisation.models import Agency, Official
from portal.places.models import Area
from portal.places.rules import Level
from tests.builders import (
    MONDAY,
    make_agency,
    make_area,
    make_category,
    make_forum_category,
    make_official,
    make_routing_rule,
    make_user,
)


@dataclass
class City:
    district: Area
    transport: ForumCategory  # its questions are routed by a rule
    talk: ForumCategory  # nobody in particular answers here
    agency: Agency
    official: Official
    officer: User
    moderator: User
    ani: User
    budi: User


@pytest.fixture
def city(app: Flask) -> City:
    importers.seed(zone="Asia/Jakarta", at=MONDAY)
    agency = make_agency(name="Dinas Perhubungan")
    officer = make_user(Role.OFFICIAL, name="Rahmat Siregar")
    category = make_category(code="angkot")
    make_routing_rule(category, agency)
    return City(
        district=make_area(code="99.71.01", name="Medan Amplas", level=Level.DISTRICT),
        transport=make_forum_category(category, slug="angkutan", name_id="Angkutan", name_en="Transport"),
        talk=make_forum_category(slug="obrolan", name_id="Obrolan", name_en="Talk"),
        agency=agency,
        official=make_official(agency, name="Rahmat Siregar", user_id=officer.id, position="Kepala seksi"),
        officer=officer,
        moderator=make_user(Role.MODERATOR, name="Sri Moderator"),
        ani=make_user(name="Ani Lubis"),
        budi=make_user(name="Budi Harahap"),
    )
