"""A runner that works in peace, and one to which everything happens that can happen to a runner."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random
from typing import Any

import sqlalchemy as sa
import time_machine
from flask import Flask

from portal import clock
from portal.db import db
from portal.deadlines import queries as deadlines
from portal.jobs import queries as jobs
from portal.jobs import registry, runner
from portal.jobs.rules import LEASE
from tests.support.runners import side_by_side

OURS = {
    *("deadlines.end-pauses", "deadlines.escalate", "ledger.seal"),
    *("assignments.remind-silent", "assignments.close-silent"),
    *("assignments.hand-over-leave", "assignments.give-back-leave"),
}
MINUTE = timedelta(minutes=1)
AGAIN = timedelta(minutes=61)  # when every period that was lost has begun anew
MOST_STATEMENTS = 120  # after so many at the latest a doomed runner dies
RUNNERS = 3


class Crash(BaseException):
    """The process dies. Nothing that catches Exception may catch it."""


class Runner:
    """Wakes, does what is due until nothing is, and sleeps. In the first days of a month it does all
    recurring work there is, on other days that which changes duties."""

    has_overslept = False

    def __init__(self) -> None:
        self._every = dict(registry.periodics)
        self.happened: Counter[str] = Counter()

    def work(self, app: Flask, at: datetime, *, may_be_lost: bool = False) -> None:
        self.rest(app, at)

    def rest(self, app: Flask, at: datetime) -> None:
        """As many minutes as it takes until nothing is due."""
        for minute in range(60):
            self._minute(app, at + minute * MINUTE)
            if not is_anything_due(app, at + minute * MINUTE):
                return
        raise AssertionError("an hour does not suffice")

    def _minute(self, app: Flask, at: datetime) -> None:
        with self._awake(at), app.app_context():
            runner.run_periodics()
            runner.drain_outbox()

    @contextmanager
    def _awake(self, at: datetime) -> Iterator[None]:
        is_first = at.day <= 3
        ours = {name: one for name, one in self._every.items() if is_first or name in OURS}
        registry.periodics, before = ours, registry.periodics
        try:
            with time_machine.travel(at, tick=False):
                yield
        finally:
            registry.periodics = before


class Unlucky(Runner):
    """Dies in the middle of things, sleeps through an evening, works twice, or three at once."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self._chance = Random(f"troubles {seed}")

    def work(self, app: Flask, at: datetime, *, may_be_lost: bool = False) -> None:
        fate = self._chance.random()
        self.has_overslept = fate < 0.10 and may_be_lost
        if self.has_overslept:
            self.happened["lost"] += 1
            return
        if fate < 0.35:
            self._die(app, at)
            self.rest(app, at + AGAIN)
            return
        if fate < 0.45:
            self._side_by_side(app, at)
        elif fate < 0.50:
            self._twice(app, at)
        self.rest(app, at + MINUTE)

    def _die(self, app: Flask, at: datetime) -> None:
        """At one of the next statements: inside a transaction, or between two."""
        left = self._chance.randrange(MOST_STATEMENTS)

        def burn(*_: Any) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise Crash

        with app.app_context():
            engine = db.engine
        sa.event.listen(engine, "before_cursor_execute", burn)
        try:
            self._minute(app, at)
            self.happened["survived"] += 1
        except Crash:
            self.happened["crashed"] += 1
        finally:
            sa.event.remove(engine, "before_cursor_execute", burn)
            with app.app_context():
                db.session.remove()

    def _side_by_side(self, app: Flask, at: datetime) -> None:
        with self._awake(at):
            side_by_side(app, runner.run_periodics, RUNNERS)
            side_by_side(app, runner.drain_outbox, RUNNERS)
        self.happened["side by side"] += 1

    def _twice(self, app: Flask, at: datetime) -> None:
        """A sweep that another runner does at the same moment too."""
        with self._awake(at), app.app_context():
            for _ in range(2):
                for periodic in registry.periodics.values():
                    with periodic.around():
                        periodic.sweep(clock.now())
        self.happened["doubled"] += 1


def is_anything_due(app: Flask, at: datetime) -> bool:
    with app.app_context():
        oldest = jobs.oldest_due_at(at + LEASE)
        return oldest is not None or bool(
            deadlines.due_steps(at, limit=1) or deadlines.capped_pauses(at, limit=1)
        )
