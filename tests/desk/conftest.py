"""A city with one agency whose official gets every report of a category at once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.categories.models import Category
from portal.organisation.models import Official
from portal.organisation.rules import Rank
from portal.reports.models import Report
from tests.assignments.duties import at, officer, seed_calendars
from tests.builders import make_category, make_report, make_routing_rule, make_user
from tests.support.client import CheckingClient

NOW = at("2026-11-16 09:00")  # a Monday


@dataclass
class City:
    """The people of the tests and the category whose reports reach them."""

    category: Category
    user: User
    official: Official
    boss: User
    moderator: User

    def report(self, **changes: Any) -> Report:
        """A report that the official has on the desk."""
        values = {"at": NOW, "name": "Ibu Rosmawati", "email": "rosmawati@contoh.id", **changes}
        return make_report(self.category, **values)


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def city(session: object) -> City:
    seed_calendars()
    boss, leader = officer(None, Role.SUPERVISOR, name="Kepala Bidang", rank=Rank.SUPERVISOR)
    user, official = officer(leader.agency, supervisor_id=leader.id, name="Rahmat Siregar")
    category = make_category()
    make_routing_rule(category, leader.agency)
    return City(category, user, official, boss, make_user(Role.MODERATOR))


@pytest.fixture
def desk(city: City, login: Callable[[User], CheckingClient]) -> CheckingClient:
    """The official, signed in."""
    return login(city.user)


@pytest.fixture
def triage(city: City, login: Callable[[User], CheckingClient]) -> CheckingClient:
    """The moderator, signed in."""
    return login(city.moderator)
