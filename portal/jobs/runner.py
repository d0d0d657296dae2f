"""The job runner: takes work from the outbox until it is stopped. Any number may run side by side."""

import threading
from collections.abc import Callable
from datetime import datetime

import structlog
from flask import Flask

from portal import clock
from portal.db import db, transaction
from portal.jobs import queries, queue, registry, rules, services
from portal.jobs.services import Claim

WORKERS = 4  # SMTP makes them wait; on SQLite they take turns at writing anyway
POLL_SECONDS = 5  # how late work begins whose wake-up was lost, or that was put off

log = structlog.get_logger()


class LeaseLost(Exception):
    """The lease ran out and another runner has the job: what we did is rolled back."""


def run(app: Flask) -> None:
    """Work until SIGTERM; the job at hand is brought to its end."""

    def drain() -> None:
        with app.app_context():
            drain_outbox()

    def minute() -> None:
        with app.app_context():
            run_periodics()

    stopped = threading.Event()
    with app.app_context():
        huey = queue.connect(on_wake=drain, on_minute=minute).huey
    consumer = huey.create_consumer(workers=WORKERS, max_delay=0.5, graceful_signal="TERM")
    poller = threading.Thread(target=_poll, args=(drain, stopped), name="poller", daemon=True)
    poller.start()
    try:
        consumer.run()
    finally:
        stopped.set()
        poller.join()


def drain_outbox() -> int:
    """Do everything that is due now; how many jobs that were. Needs an app context."""
    count = 0
    while claim := _claim():
        _do(claim)
        count += 1
        if count == 1:
            queue.poke()  # there may be more: let another worker join in
    return count


def run_periodics() -> None:
    """Do the recurring work whose period has begun and that no other runner took."""
    begun = queries.slots()
    for name, periodic in registry.periodics.items():
        at = clock.now()
        slot_at = rules.slot(at, periodic.every)
        if begun.get(name) == slot_at:
            continue
        try:
            with transaction():
                is_ours = services.begin_slot(name, slot_at, periodic.every)
            if is_ours:
                _sweep(periodic, at)
        except Exception:  # one that fails must not keep the others from running
            db.session.rollback()
            log.exception("periodic failed", name=name)


def _sweep(periodic: registry.Periodic, at: datetime) -> None:
    has_more: bool | None = True
    while has_more:
        with periodic.around():
            has_more = periodic.sweep(at)


def _claim() -> Claim | None:
    with transaction():
        return services.claim(clock.now())


def _do(claim: Claim) -> None:
    try:
        handler = registry.handlers[claim.name]
        if handler.first:
            handler.first(claim.payload, clock.now())
        with transaction():
            at = clock.now()
            handler.effects(claim.payload, at)
            if not services.finish(claim, at=at):
                raise LeaseLost
    except LeaseLost:
        log.warning("lease lost", job=claim.id, name=claim.name)
    except Exception as error:
        db.session.rollback()
        log.exception("job failed", job=claim.id, name=claim.name, try_count=claim.try_count)
        with transaction():
            services.fail(claim, error, at=clock.now())


def _poll(drain: Callable[[], None], stopped: threading.Event) -> None:
    while not stopped.wait(POLL_SECONDS):
        try:
            drain()
        except Exception:  # the database is away: look again later
            log.exception("outbox unreachable")
