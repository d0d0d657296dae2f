"""Fixtures of the guards over the whole site."""

import pytest

from portal.accounts.rules import Role
from tests.builders import make_user


@pytest.fixture
def administrator(app):
    return make_user(Role.ADMINISTRATOR)
