"""Monitors learn whether the portal lives, serves, and what somebody should look at."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy.exc import OperationalError

from portal import clock, migrations
from portal.jobs import runner, services
from portal.jobs.models import Job
from portal.pages import health


@pytest.fixture
def migrated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "present", migrations.newest)


def warnings(client: Any) -> str:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    return " | ".join(answer.json["warnings"])


def test_living_process_says_so(client: Any) -> None:
    assert client.get("/healthz").json == {"status": "alive"}


def test_portal_without_a_runner_serves_with_a_warning(migrated: None, client: Any) -> None:
    assert "no job runner is at work; last seen: never" in warnings(client)


def test_portal_with_a_runner_has_nothing_to_warn_of(migrated: None, client: Any) -> None:
    runner.run_periodics()

    assert warnings(client) == ""


def test_runner_that_stopped_is_noticed(migrated: None, client: Any) -> None:
    with time_machine.travel(clock.now() - timedelta(minutes=5)):
        runner.run_periodics()

    assert "no job runner is at work" in warnings(client)


def test_work_that_waits_or_was_given_up_is_noticed(migrated: None, client: Any, session: Any) -> None:
    services.enqueue("unknown", at=clock.now() - timedelta(hours=1))
    session.add(Job(name="unknown", payload={}, state="dead", run_at=clock.now(), created_at=clock.now()))
    session.commit()

    told = warnings(client)

    assert "jobs wait since" in told
    assert "1 jobs were given up" in told


def test_portal_over_an_old_database_does_not_serve(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "present", lambda: "abc")

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert "the database is at migration abc" in answer.json["faults"][0]


def test_portal_without_its_database_does_not_serve(
    app: Flask, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise OperationalError("SELECT 1", {}, Exception("connection refused"))

    monkeypatch.setattr(health.migrations, "present", away)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json == {"status": "unavailable", "faults": ["the database cannot be reached"]}
    assert client.get("/healthz").status_code == 200
