"""The outbox does each piece of work once, later if it must, and says when it gave up."""

from datetime import timedelta
from typing import Any

import pytest

from portal import clock
from portal.db import db, transaction
from portal.jobs import queries, registry, rules, runner, services
from portal.jobs.models import Job
from portal.jobs.rules import Hopeless, JobState


@pytest.fixture
def done(app: Any, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Payloads of the job `note`, in the order in which it was done."""
    payloads: list[dict[str, Any]] = []
    note = registry.Handler(lambda payload, at: payloads.append(payload), first=None)
    monkeypatch.setitem(registry.handlers, "note", note)
    return payloads


def handle_with(monkeypatch: pytest.MonkeyPatch, effects: registry.Work, first: Any = None) -> None:
    monkeypatch.setitem(registry.handlers, "note", registry.Handler(effects, first))


def enqueue(**changes: Any) -> None:
    with transaction():
        services.enqueue("note", **{"at": clock.now(), **changes})


def only_job() -> Job:
    return db.session.scalars(db.select(Job)).one()


def test_work_is_done_once(done: list[dict[str, Any]]) -> None:
    enqueue(report=7)

    assert runner.drain_outbox() == 1
    assert runner.drain_outbox() == 0
    assert done == [{"report": 7}]
    assert only_job().state == JobState.DONE


def test_second_work_with_the_same_key_is_not_made(done: list[dict[str, Any]]) -> None:
    enqueue(key="once")
    enqueue(key="once")

    assert runner.drain_outbox() == 1


def test_work_waits_for_its_time(done: list[dict[str, Any]]) -> None:
    enqueue(run_at=clock.now() + timedelta(hours=1))

    assert runner.drain_outbox() == 0


def test_work_of_a_rolled_back_cause_is_never_done(done: list[dict[str, Any]]) -> None:
    services.enqueue("note", at=clock.now())
    db.session.rollback()

    assert runner.drain_outbox() == 0


def test_failed_work_leaves_no_trace_and_is_tried_again_later(
    app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(payload: dict[str, Any], at: Any) -> None:
        services.enqueue("note", at=at, key="half done")
        raise ValueError("no")

    handle_with(monkeypatch, half)
    enqueue()

    runner.drain_outbox()

    job = only_job()
    assert (job.state, job.try_count, job.last_error) == (JobState.WAITING, 1, "ValueError: no")
    assert job.run_at > clock.now() + timedelta(seconds=5)


def test_work_is_given_up_after_the_last_try_and_begins_again_when_asked(
    app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    handle_with(monkeypatch, lambda payload, at: 1 / 0)
    enqueue()
    only_job().try_count = rules.MAX_TRIES - 1
    db.session.commit()

    runner.drain_outbox()
    assert [job.last_error for job in queries.dead()] == ["ZeroDivisionError: division by zero"]

    handle_with(monkeypatch, lambda payload, at: None)
    services.retry(only_job(), at=clock.now())
    db.session.commit()
    runner.drain_outbox()
    assert only_job().state == JobState.DONE


def test_hopeless_work_is_given_up_at_once(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(payload: dict[str, Any], at: Any) -> None:
        raise Hopeless("no such address")

    handle_with(monkeypatch, lambda payload, at: None, first=refuse)
    enqueue()

    runner.drain_outbox()

    assert queries.dead_count() == 1


def test_unknown_work_is_kept_for_a_runner_that_knows_it(app: Any) -> None:
    enqueue()

    runner.drain_outbox()

    assert only_job().state == JobState.WAITING


def test_killed_runner_s_work_comes_back_after_its_lease(done: list[dict[str, Any]]) -> None:
    enqueue()
    with transaction():
        services.claim(clock.now())

    with transaction():
        assert services.claim(clock.now()) is None
        taken_again = services.claim(clock.now() + rules.LEASE + timedelta(seconds=1))

    assert taken_again is not None
    assert taken_again.try_count == 2


def test_runner_that_lost_its_lease_changes_nothing(done: list[dict[str, Any]]) -> None:
    enqueue()
    at = clock.now()
    with transaction():
        slow = services.claim(at)
        quick = services.claim(at + rules.LEASE)
    assert slow
    assert quick

    with transaction():
        assert services.finish(quick, at=at)
    runner._do(slow)

    assert only_job().try_count == 2


def test_old_done_work_is_forgotten(done: list[dict[str, Any]]) -> None:
    enqueue()
    runner.drain_outbox()

    services.forget_done(before=clock.now() + timedelta(minutes=1))

    assert db.session.scalars(db.select(Job)).all() == []
