"""A small demo city on a real server, and Chromium to look at it."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from waitress.server import create_server

from portal.accounts.models import User
from portal.app import create_app
from portal.db import db
from portal.demo.seed import ACCOUNTS, seed
from portal.organisation.models import Official
from portal.reports.models import Report
from tests.conftest import settings_for

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
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
AXE = Path(__file__).parent.parent / "vendor/axe-core-4.14.1/axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


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
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def note(page: Page, message: ConsoleMessage) -> None:
        # The page itself may answer 404 or 422 on purpose; whatever it loads may not.
        if message.type == "error" and message.location.get("url") != page.url:
            troubles.append(message.text)

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
        contexts.append(context)
        context.set_default_timeout(10_000)
        if as_:
            context.add_cookies([city.cookie_of(as_)])
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda message: note(page, message))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def violations(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA; run by evaluation, since the page allows no other script."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", WCAG)
    return [
        f"{rule['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
