"""A small demo city, seeded once for these tests."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask_migrate import upgrade

from portal.app import create_app
from portal.db import db
from portal.demo import seed
from tests.conftest import settings_for
from tests.support.client import CheckingClient

NOW = datetime(2026, 11, 18, 5, 0, tzinfo=UTC)  # Wednesday, 12.00 WIB
REPORTS = 200


@pytest.fixture(scope="session")
def demo_app(new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = create_app(settings_for(new_database(), tmp_path_factory.mktemp("demo"), demo=True))
    app.config.update(TESTING=True, RATELIMIT_ENABLED=False)
    app.test_client_class = CheckingClient
    with app.app_context():
        upgrade(directory=str(app.extensions["migrate"].directory))
        seed.seed(at=NOW, reports=REPORTS, quiet=True)
        db.session.remove()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def demo(demo_app: Flask) -> Iterator[Flask]:
    """The demo city; what a test does in its session is undone."""
    with demo_app.app_context():
        yield demo_app
        db.session.rollback()
        db.session.remove()
