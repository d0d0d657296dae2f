"""Fixtures of the administration tests."""

import pytest

from portal.accounts import passwords
from portal.accounts.rules import Role
from portal.deadlines import importers
from tests.builders import MONDAY, make_user

PASSWORD = "empat kucing di atap"
HASH = passwords.hashed(PASSWORD)


@pytest.fixture
def administrator(app):
    return make_user(Role.ADMINISTRATOR, name="Ibu Admin", password_hash=HASH)


@pytest.fixture
def admin(login, administrator):
    """The administrator's browser."""
    return login(administrator)


@pytest.fixture
def calendars(app):
    """The shipped calendars and policy."""
    importers.seed(zone="Asia/Jakarta", at=MONDAY)
