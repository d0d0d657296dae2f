"""A portal whose database several runners share, and runners that work on it at the same moment."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any

from flask import Flask

from portal import migrations
from portal.app import create_app
from portal.db import db
from tests.conftest import settings_for


@contextmanager
def shared_portal(database_url: str, folder: Path, **changes: Any) -> Iterator[Flask]:
    """A migrated portal over a database of its own."""
    app = create_app(settings_for(database_url, folder, **changes))
    with app.app_context():
        migrations.upgrade()
    yield app
    with app.app_context():
        db.engine.dispose()


def side_by_side(app: Flask, work: Callable[[], Any], count: int) -> list[Any]:
    """What each of so many runners answers that begin at once."""
    together = Barrier(count)

    def run(_: int) -> Any:
        with app.app_context():
            together.wait()
            return work()

    with ThreadPoolExecutor(count) as runners:
        return list(runners.map(run, range(count)))
