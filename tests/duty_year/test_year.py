"""A year in which the runner dies at random moments, sleeps, and works twice ends as one in which it never
did. `SOAK=1` lives many times as many."""

import os
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from portal.db import db
from portal.notifications import mail
from tests.duty_year import outcome
from tests.duty_year.runner import Runner, Unlucky
from tests.duty_year.year import Year
from tests.support.runners import shared_portal

pytestmark = pytest.mark.heavy

SEED = 2026
SOAK = bool(os.environ.get("SOAK"))
DUTIES = {"sqlite": 5_000 if SOAK else 24, "postgresql": 1_000 if SOAK else 8}


def test_year_of_troubles_ends_as_a_quiet_one(
    new_database: Callable[[], str], engine_name: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "send", lambda parcel, settings: None)

    def lived(runner: Runner, name: str) -> tuple[Year, dict[str, Any]]:
        folder = tmp_path / name
        folder.mkdir()
        with shared_portal(new_database(), folder) as app:
            with app.app_context():
                make_fast(db.engine)
            year = Year(app, runner, count=DUTIES[engine_name], seed=SEED)
            year.pass_by()
            with app.app_context():
                return year, outcome.state() | checks()

    quiet, expected = lived(Runner(), "quiet")
    troubled, found = lived(Unlucky(SEED), "troubled")

    for part, values in expected.items():
        assert found[part] == values, part
    assert checks_of(expected) == {"wrong copies": [], "broken seals": [], "twice": [], "disagreements": []}
    assert (quiet.acts, quiet.refusals) == (troubled.acts, troubled.refusals)


def checks() -> dict[str, Any]:
    return {
        "wrong copies": outcome.wrong_copies(),
        "broken seals": outcome.broken_seals(),
        "twice": outcome.twice(),
        "disagreements": list(outcome.disagreements()),
    }


def checks_of(state: dict[str, Any]) -> dict[str, Any]:
    return {name: state[name] for name in ("wrong copies", "broken seals", "twice", "disagreements")}


def make_fast(engine: sa.Engine) -> None:
    """A database of a test survives no power cut."""
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
        engine.dispose()
