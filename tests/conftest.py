"""What every test stands on: one app and database per run, and a transaction per test that is undone."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from hypothesis import settings as hypothesis_settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Connection, event
from sqlalchemy.orm import scoped_session

from portal import page_cache
from portal.accounts.models import User
from portal.app import create_app
from portal.config import Settings
from portal.db import db
from portal.security import limiter
from tests.support import postgres, sharing
from tests.support.client import CheckingClient

# A slow machine is no fault of the code: examples have no time limit, and are the same in every run.
hypothesis_settings.register_profile("portal", deadline=None, derandomize=not os.environ.get("SOAK"))
hypothesis_settings.load_profile("portal")

# Every portal that a test makes would compile every template anew: what one compiled, all may use.
TEMPLATES = TemporaryDirectory(prefix="balai-templates-")
Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": FileSystemBytecodeCache(TEMPLATES.name)}


# What pages say does not depend on the engine and is tested on SQLite. On PostgreSQL the pages of reports
# are tested too, every page is opened (tests/site), and services and queries are tested as on SQLite.
TESTS = Path(__file__).parent
PAGES_ON_BOTH = {"operations", "platform", "reports", "site"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=("sqlite", "postgresql"), default="sqlite")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> sharing.ByCity:
    return sharing.ByCity(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test that belongs to one engine is not asked for on the other: nothing is skipped. The long ones
    come first, so that no worker is left alone with one at the end."""
    engine = config.getoption("--engine")
    elsewhere = [item for item in items if not _belongs(item, engine)]
    config.hook.pytest_deselected(items=elsewhere)
    wanted = [item for item in items if item not in elsewhere]
    items[:] = sorted(wanted, key=lambda item: item.get_closest_marker("heavy") is None)


def _belongs(item: pytest.Item, engine: str) -> bool:
    feature = item.path.relative_to(TESTS).parts[0]
    is_of_pages = not {"client", "login"}.isdisjoint(getattr(item, "fixturenames", ()))
    if engine == "postgresql" and is_of_pages and feature not in PAGES_ON_BOTH:
        return False
    return all(engine in one.args for one in item.iter_markers("only_on"))


@pytest.fixture(scope="session")
def engine_name(request: pytest.FixtureRequest) -> str:
    return str(request.config.getoption("--engine"))


@pytest.fixture(scope="session")
def new_database(engine_name: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], str]]:
    """`new_database()` gives the address of an empty database on the engine under test."""
    names = (f"balai_{os.getpid()}_{serial}" for serial in count())
    if engine_name == "sqlite":
        folder = tmp_path_factory.mktemp("database")
        yield lambda: f"sqlite:///{folder / next(names)}.sqlite"
        return
    try:
        with postgres.server() as server:
            yield lambda: postgres.create_database(server, next(names))
    except postgres.Missing as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def database_url(new_database: Callable[[], str]) -> str:
    """The database that the tests share."""
    return new_database()


def settings_for(database_url: str, data_dir: Path, **changes: Any) -> Settings:
    """Settings of a portal under test."""
    return Settings(**{"database_url": database_url, "data_dir": data_dir, **changes})


@pytest.fixture(scope="session")
def portal_app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The app over a migrated, empty database."""
    app = create_app(settings_for(database_url, tmp_path_factory.mktemp("data")))
    app.config.update(TESTING=True)
    app.test_client_class = CheckingClient
    with app.app_context():
        upgrade()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(portal_app: Flask) -> Iterator[Flask]:
    """The app inside a transaction that is undone: commits of the code under test become savepoints."""
    engines = db._app_engines[portal_app]
    engine = engines[None]
    with portal_app.app_context(), engine.connect() as connection:
        outer = connection.begin()
        limiter.reset()  # each test is somebody's first visit
        engines[None] = connection  # type: ignore[assignment]  # every session of the test joins it
        db.session.remove()
        db.session.configure(join_transaction_mode="create_savepoint")
        try:
            yield portal_app
        finally:
            db.session.remove()
            engines[None] = engine
            outer.rollback()


@pytest.fixture
def session(app: Flask) -> "scoped_session[Any]":
    return db.session


@pytest.fixture
def client(app: Flask) -> CheckingClient:
    """A visitor who is not signed in; sees each page as it is now, since tests undo what they did."""
    visitor = app.test_client()
    visitor.environ_base[page_cache.FRESH] = True
    return visitor  # type: ignore[return-value]


@pytest.fixture
def login(app: Flask) -> Callable[[User], CheckingClient]:
    """`login(user)` gives a client of somebody who is signed in."""

    def signed_in(user: User) -> CheckingClient:
        db.session.flush()
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = user.get_id()
            session["_fresh"] = True
        client.environ_base[page_cache.FRESH] = True
        return client  # type: ignore[return-value]

    return signed_in


@pytest.fixture
def count_sql(app: Flask) -> Callable[[], Any]:
    """`with count_sql() as statements:` collects the SQL that was sent."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        statements: list[str] = []

        def note(connection: Connection, cursor: Any, statement: str, *rest: Any) -> None:
            if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")):
                statements.append(statement)

        engine = db._app_engines[app][None].engine  # the connection's engine while the test runs
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return counting
