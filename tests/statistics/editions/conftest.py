"""A month with reports of three agencies, and the two moderators who publish it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.statistics.editions import services
from portal.statistics.editions.models import Edition, EditionDraft
from tests.builders import make_agency, make_category, make_user
from tests.statistics.rows import make_case

FIRST_ON, LAST_ON = date(2026, 9, 1), date(2026, 9, 30)
RECEIVED = datetime(2026, 9, 10, 2, 30, tzinfo=UTC)
CUTOFF = datetime(2026, 11, 20, 5, tzinfo=UTC)


@pytest.fixture
def moderators(app: Any) -> tuple[User, User]:
    return make_user(Role.MODERATOR, name="Rina"), make_user(Role.MODERATOR, name="Budi")


@pytest.fixture
def month(app: Any) -> None:
    """Forty-one reports: two agencies that can be named, two that are too small."""
    category = make_category(group="environment")
    roads = make_category(group="infrastructure")
    for code, size in (("DLH", 20), ("DISHUB", 11), ("DINKES", 7), ("DINSOS", 3)):
        agency = make_agency(code=code, name=f"Dinas {code}")
        for place in range(size):
            make_case(
                agency,
                category if place % 2 else roads,
                RECEIVED,
                answered=None if place % 5 == 4 else 1 + place / 7,
                closed=None if place % 3 == 2 else 4 + place / 3,
            )


@pytest.fixture
def prepare(moderators: tuple[User, User], month: None) -> Callable[..., EditionDraft]:
    def prepare(**changes: Any) -> EditionDraft:
        return services.prepare(FIRST_ON, LAST_ON, **{"by": moderators[0], "at": CUTOFF, **changes})

    return prepare


@pytest.fixture
def publish(prepare: Any, moderators: tuple[User, User]) -> Callable[..., Edition]:
    def publish(**changes: Any) -> Edition:
        return services.confirm(prepare(**changes), by=moderators[1], at=changes.get("at", CUTOFF))

    return publish
