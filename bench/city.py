"""The city that is measured: a seeded demo, on either engine, at two sizes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from flask_migrate import upgrade

from portal import config
from portal.accounts.models import User
from portal.app import create_app
from portal.db import db
from portal.demo.seed import ACCOUNTS, seed
from portal.reports.models import Report
from portal.statistics.editions.models import Edition


class City:
    """A portal's settings as the environment of its servers, and who and what is in it."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.environ = {
            "DATABASE_URL": database_url,
            "PORTAL_DATA_DIR": str(folder),
            "PORTAL_LOG": "json",
            "PORTAL_FILING_LIMIT": "1000000 per hour",
        }
        self.app: Flask = create_app(config.load({**os.environ, **self.environ}))

    def build(self, reports: int) -> None:
        with self.app.app_context():
            upgrade()
            seed(reports=reports)

    def cookie(self, name: str) -> str:
        """The session of a demo account ("warga", "petugas", ...), as a Cookie header."""
        email = next(account.email for account in ACCOUNTS if account.email.startswith(f"{name}@"))
        with self.app.app_context():
            user_id = db.session.scalars(db.select(User).filter_by(email=email)).one().get_id()
        client = self.app.test_client()
        with client.session_transaction() as session:
            session.update(_user_id=user_id, _fresh=True)
        cookie = client.get_cookie("session")
        return f"session={cookie.value}" if cookie else ""

    def open_report(self) -> str:
        """The number of an open public report."""
        with self.app.app_context():
            query = db.select(Report.number).filter_by(state="open", is_confidential=False)
            return db.session.scalars(query.order_by(Report.id.desc())).first() or ""

    def edition(self) -> int:
        """The number of the newest edition."""
        with self.app.app_context():
            return db.session.scalar(db.select(db.func.max(Edition.number))) or 0


@contextmanager
def on_sqlite() -> Iterator[City]:
    """A city in a file of its own."""
    with TemporaryDirectory(prefix="balai-bench-") as folder:
        yield City(Path(folder), f"sqlite:///{folder}/city.sqlite")


@contextmanager
def on_postgresql(server: str) -> Iterator[City]:
    """A city in a database of its own on that server."""
    with TemporaryDirectory(prefix="balai-bench-") as folder:
        yield City(Path(folder), server)
