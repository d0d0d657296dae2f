"""A city that a program may file in: a category, its office, an area, and the program with its key."""

from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from werkzeug.test import TestResponse

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.categories.models import Category
from portal.deadlines import importers
from portal.open311 import services
from portal.open311.models import Open311Client
from portal.places.models import Area
from tests.builders import MONDAY, make_agency, make_area, make_category, make_routing_rule, make_user

REQUESTS = "/open311/v2/requests.json"


@dataclass
class World:
    category: Category
    area: Area
    program: Open311Client
    key: str
    administrator: User

    def fields(self, **changes: Any) -> dict[str, Any]:
        """A request as a well-made program sends it; None leaves a field out."""
        values = {
            "api_key": self.key,
            "service_code": self.category.code,
            "lat": "3.54",
            "long": "98.71",
            "description": "Lampu jalan mati sejak Senin. Anak-anak takut lewat.",
        }
        return {name: text for name, text in {**values, **changes}.items() if text is not None}


def parsed(answer: TestResponse) -> ET.Element:
    """An XML answer, read as its receiver reads it."""
    return ET.fromstring(answer.data)  # noqa: S314 - our own answer


@pytest.fixture
def world(app) -> World:
    importers.seed(zone="Asia/Jakarta", at=MONDAY)
    category = make_category()
    make_routing_rule(category, make_agency())
    program = make_program()
    return World(
        category, make_area(), program, services.renew_key(program, at=MONDAY), make_user(Role.ADMINISTRATOR)
    )


def make_program(**changes: Any) -> Open311Client:
    values = {
        "name": "Aplikasi RT",
        "contact": "pengembang@rt.example",
        "hourly_limit": 60,
        "daily_limit": 300,
        "is_active": True,
    }
    return services.save_client(None, **{**values, **changes}, at=MONDAY)
