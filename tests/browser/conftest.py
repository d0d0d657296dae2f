"""A small demo city on a real server, and Chromium to look at it."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from playwright.sync_api import Browser, Page, sync_playwright
from waitress.server import create_server

from portal.accounts.models import User
from portal.app import create_app
from portal.db import db
from portal.demo.seed import ACCOUNTS, seed
from portal.organisation.models import Official
from portal.reports.models import Report
from tests.browser.windows import AXE, DESK, PHONE, Window, violations
from tests.conftest import settings_for

__all__ = ["DESK", "PHONE", "City", "violations"]

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
# Only what breaks a rule is written out: describing each element that keeps one took most of the time.
RUN_AXE = """tags => axe.run(document, {runOnly: tags, resultTypes: ["violations"]})
                   .then(results => results.violations)"""


# Without JavaScript the client of the pages' own tests walks these too: the browser does it in a soak.
WALKED_ONCE = {
    *("test_clock", "test_desk", "test_evidence", "test_leave", "test_mail", "test_refusal", "test_rooms"),
    "test_triage",
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
    if not os.environ.get("SOAK"):
        again = [item for item in items if item.path.stem in WALKED_ONCE and _has_no_javascript(item)]
        config.hook.pytest_deselected(items=again)
        items[:] = [item for item in items if item not in again]


def _has_no_javascript(item: pytest.Item) -> bool:
    variant = getattr(item, "callspec", None)
    return variant is not None and variant.params.get("javascript") is False


class City:
    """A running portal: its address, and who may enter without typing a password."""

    def __init__(self, app: Flask, address: str) -> None:
        self.app = app
        self.address = address

    def account(self, name: str) -> str:
        """The address of a demo account: warga, petugas, atasan, moderator, admin ..., or what is one."""
        if "@" in name:
            return name
        return next(account.email for account in ACCOUNTS if account.email.startswith(f"{name}@"))

    def cookie_of(self, email: str) -> dict[str, str]:
        """A session of this person, as signing in gives one."""
        with self.app.app_context():
            user_id = db.session.query(User).filter_by(email=email).one().get_id()
        client = self.app.test_client()
        with client.session_transaction() as session:
            session.update(_user_id=user_id, _fresh=True)
        cookie = client.get_cookie("session")
        assert cookie is not None
        return {"name": "session", "value": cookie.value, "url": self.address}

    def holder_of(self, number: str) -> str:
        """The address of the account that answers for a report."""
        with self.app.app_context():
            query = db.session.query(User.email).join(Official, Official.user_id == User.id)
            return query.join(Report, Report.official_id == Official.id).filter_by(number=number).scalar()

    def number_like(self, **values: Any) -> str:
        """The newest report with these values."""
        with self.app.app_context():
            query = db.session.query(Report.number).filter_by(**values)
            return query.order_by(Report.id.desc()).limit(1).scalar()


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A small demo city in a database of its own, on a real server."""
    folder = tmp_path_factory.mktemp("browser")
    app = create_app(settings_for(f"sqlite:///{folder / 'city.sqlite'}", folder, demo=True))
    app.config["RATELIMIT_ENABLED"] = False
    with app.app_context():
        upgrade()
        seed(reports=150, quiet=True)
    server = create_server(app, host="127.0.0.1", port=0, threads=8)
    threading.Thread(target=server.run, daemon=True).start()
    yield City(app, f"http://127.0.0.1:{server.effective_port}")
    server.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists() and not os.environ.get("CI"):
        pytest.skip("Chromium is missing: install the package chromium.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, city: City) -> Iterator[Any]:
    """`visit(path, as_=email)` opens a page in a window of its own; what goes wrong in it fails the test."""
    windows: list[Window] = []

    def open_page(
        path: str = "/",
        *,
        as_: str | None = None,
        javascript: bool = True,
        size: Any = PHONE,
        **options: Any,
    ) -> Page:
        context = chromium.new_context(
            base_url=city.address, java_script_enabled=javascript, viewport=size, locale="id-ID", **options
        )
        windows.append(Window(context, as_ and city.cookie_of(as_)))
        windows[-1].page.goto(path)
        return windows[-1].page

    yield open_page
    for window in windows:
        window.context.close()
    assert [trouble for window in windows for trouble in window.troubles] == []


@pytest.fixture(scope="session")
def kept_windows(chromium: Browser, city: City) -> Iterator[Any]:
    """One window a person and colour scheme for the whole run: styles, fonts and axe-core are read once."""
    windows: dict[tuple[str | None, str], Window] = {}

    def window(as_: str | None, colours: Any) -> Window:
        if (as_, colours) not in windows:
            context = chromium.new_context(
                base_url=city.address, viewport=PHONE, locale="id-ID", color_scheme=colours
            )
            context.add_init_script(path=str(AXE))
            windows[as_, colours] = Window(context, as_ and city.cookie_of(as_))
        return windows[as_, colours]

    yield window
    for one in windows.values():
        one.context.close()


@pytest.fixture
def look(kept_windows: Any) -> Iterator[Any]:
    """`look(path, as_=email)` is for pages that are only looked at, many of them: it changes nothing."""
    used: list[Window] = []

    def open_page(path: str, *, as_: str | None = None, colours: str = "light") -> Page:
        used.append(kept_windows(as_, colours))
        used[-1].page.set_viewport_size(PHONE)
        used[-1].page.goto(path)
        return used[-1].page

    yield open_page
    troubles = [window.troubles.pop() for window in used for _ in list(window.troubles)]
    assert troubles == []
