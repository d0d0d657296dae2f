"""Several runners side by side share the work: nothing is done twice, nothing is left."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal import clock
from portal.db import db, transaction
from portal.jobs import registry, runner, services
from portal.jobs.models import Job
from portal.jobs.registry import Periodic
from portal.jobs.rules import JobState
from tests.support.runners import shared_portal, side_by_side

RUNNERS, JOBS = 4, 100


@pytest.fixture
def shared_app(new_database: Callable[[], str], tmp_path: Path) -> Iterator[Flask]:
    """A portal whose database several threads use at once."""
    with shared_portal(new_database(), tmp_path) as app:
        yield app


def test_each_job_is_done_by_one_runner(shared_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []
    note = registry.Handler(lambda payload, at: done.append(payload["number"]), first=None)
    monkeypatch.setitem(registry.handlers, "note", note)
    with shared_app.app_context(), transaction():
        for number in range(JOBS):
            services.enqueue("note", at=clock.now(), number=number)

    counts = side_by_side(shared_app, runner.drain_outbox, RUNNERS)

    assert sum(counts) == JOBS
    assert Counter(done) == dict.fromkeys(range(JOBS), 1)
    with shared_app.app_context():
        assert set(db.session.scalars(db.select(Job.state))) == {JobState.DONE}


def test_each_period_belongs_to_one_runner(shared_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Any] = []
    day = Periodic(lambda at: begun.append(at), timedelta(days=1))
    monkeypatch.setattr(registry, "periodics", {"daily": day})

    side_by_side(shared_app, runner.run_periodics, RUNNERS)

    assert len(begun) == 1
