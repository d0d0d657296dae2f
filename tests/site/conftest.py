"""Fixtures of the guards over the whole site."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.accounts.rules import Role
from portal.app import create_app
from portal.db import db
from tests.builders import make_user
from tests.conftest import settings_for


@pytest.fixture
def administrator(app):
    return make_user(Role.ADMINISTRATOR)


@pytest.fixture
def portal_with(database_url: str, tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """`portal_with(demo=True)` is a portal of other settings, over the same database."""
    made = []

    def portal(**changes: Any) -> Flask:
        made.append(create_app(settings_for(database_url, tmp_path, **changes)))
        return made[-1]

    yield portal
    for app in made:
        with app.app_context():
            db.engine.dispose()
