"""Recurring work runs once a period, however many runners there are."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from portal.jobs import queries, registry, rules, runner
from portal.jobs.registry import Periodic

NINE = datetime(2026, 11, 16, 2, 0, 20, tzinfo=UTC)


@pytest.fixture
def only(app: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """`only(a=Periodic(...))` makes these the only recurring work."""

    def replace(**periodics: Periodic) -> None:
        monkeypatch.setattr(registry, "periodics", periodics)

    return replace


def test_runs_once_in_each_period(only: Any) -> None:
    begun: list[datetime] = []
    only(sweep=Periodic(lambda at: begun.append(at), timedelta(minutes=1)))

    for seconds in (0, 10, 45):
        with time_machine.travel(NINE + timedelta(seconds=seconds), tick=False):
            runner.run_periodics()

    assert begun == [NINE, NINE + timedelta(seconds=45)]


def test_is_called_again_while_more_waits(only: Any) -> None:
    left = [True, True, False]
    only(sweep=Periodic(lambda at: left.pop(0), timedelta(minutes=1)))

    runner.run_periodics()

    assert left == []


def test_failing_one_does_not_keep_the_next_from_running(only: Any) -> None:
    begun: list[datetime] = []
    only(
        broken=Periodic(lambda at: bool(1 / 0), timedelta(minutes=1)),
        healthy=Periodic(lambda at: begun.append(at), timedelta(minutes=1)),
    )

    runner.run_periodics()

    assert len(begun) == 1


def test_heartbeat_tells_when_a_runner_last_worked(app: Any) -> None:
    assert queries.heartbeat_at() is None

    with time_machine.travel(NINE, tick=False):
        runner.run_periodics()

    assert queries.heartbeat_at() == rules.slot(NINE, timedelta(minutes=1))
