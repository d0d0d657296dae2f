"""The first day of the surveys under test, on calendars that know it."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.builders import MONDAY
from tests.surveys.making import seed_calendars


@pytest.fixture
def city(session: object) -> Iterator[None]:
    seed_calendars()
    with time_machine.travel(MONDAY, tick=False):
        yield
