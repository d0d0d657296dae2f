"""The time of the pages under test."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.builders import MONDAY


@pytest.fixture
def monday() -> Iterator[None]:
    """What pages do, they do on Monday morning."""
    with time_machine.travel(MONDAY, tick=False):
        yield
