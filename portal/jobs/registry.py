"""Which function does which work. The functions stand in <feature>/jobs.py and sign in here."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from portal.db import transaction

Work = Callable[[dict[str, Any], datetime], None]
Sweep = Callable[[datetime], bool | None]


@dataclass(frozen=True)
class Handler:
    """`effects` run in the transaction that marks the job done; `first` runs before it, outside any."""

    effects: Work
    first: Work | None


@dataclass(frozen=True)
class Periodic:
    """`around` is entered for each call: a transaction, or nothing for work that opens its own."""

    sweep: Sweep
    every: timedelta
    around: Callable[[], AbstractContextManager[None]] = transaction


handlers: dict[str, Handler] = {}
periodics: dict[str, Periodic] = {}


def handler(name: str, *, first: Work | None = None) -> Callable[[Work], Work]:
    """Sign in a job's function `(payload, at)`.

    What it changes in the database and the mark that the job is done are one transaction. An effect on
    the outside world (a mail server) belongs in `first`: a slow server must not hold the database. It
    is done again when the runner is killed right after it, so it should notice that by itself.
    """

    def sign_in(effects: Work) -> Work:
        _refuse_double(handlers, name)
        handlers[name] = Handler(effects, first)
        return effects

    return sign_in


def periodic(name: str, *, every: timedelta) -> Callable[[Sweep], Sweep]:
    """Sign in recurring work `(at)`, at most once a minute.

    Each call is one transaction; as long as it answers True (more waits) it is called again. A call may
    be cut short at any moment, and two runners may overlap: it must look before it changes.
    """

    def sign_in(sweep: Sweep) -> Sweep:
        _refuse_double(periodics, name)
        periodics[name] = Periodic(sweep, every)
        return sweep

    return sign_in


def long_periodic(name: str, *, every: timedelta) -> Callable[[Sweep], Sweep]:
    """The same for work that computes for long: it opens short transactions of its own to write."""

    def sign_in(sweep: Sweep) -> Sweep:
        _refuse_double(periodics, name)
        periodics[name] = Periodic(sweep, every, around=nullcontext)
        return sweep

    return sign_in


def _refuse_double(known: dict[str, Any], name: str) -> None:
    if name in known:
        raise ValueError(f"two functions want the name {name}")
