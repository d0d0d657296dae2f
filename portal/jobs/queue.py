"""huey wakes the runner; the truth is the outbox, so a lost or doubled wake-up harms nothing."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import structlog
from flask import Flask, current_app
from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey, crontab
from huey.serializer import SignedSerializer

from portal import config
from portal.config import Settings

NAME = "balai-warga"
BUSY_SECONDS = 1  # a page waits no longer for a busy queue: the runner looks by itself, too

log = structlog.get_logger()


@dataclass(frozen=True)
class Queue:
    """huey, and what rings its bell."""

    huey: Huey
    wake: Callable[[], object]


def init_app(app: Flask) -> None:
    logging.getLogger("huey").setLevel(logging.WARNING)
    app.extensions["queue"] = None  # opened when first used: a queue that is down stops nothing


def poke() -> None:
    """Wake a runner. Never fails: without it the runner finds the work some seconds later."""
    try:
        queue = _queue()
        if queue.huey.pending_count() == 0:  # one that waits will see our work as well
            queue.wake()
    except Exception as error:  # noqa: BLE001 - three drivers, each with errors of its own
        log.warning("queue unreachable", error=type(error).__name__)


def connect(
    *, on_wake: Callable[[], None] | None = None, on_minute: Callable[[], None] | None = None
) -> Queue:
    """Open the queue; a runner says what it does when woken and when a minute begins, others only ring."""
    huey = _open(config.current())

    def wake() -> None:
        if on_wake:
            on_wake()

    def minute() -> None:
        if on_minute:
            on_minute()

    huey.periodic_task(crontab())(minute)
    return Queue(huey, huey.task()(wake))


def _queue() -> Queue:
    if current_app.extensions["queue"] is None:
        current_app.extensions["queue"] = connect()
    return cast(Queue, current_app.extensions["queue"])


def _open(settings: Settings) -> Huey:
    common: dict[str, Any] = {
        "name": NAME,
        "results": False,
        # huey's messages are pickles: only those signed with our key are read.
        "serializer": SignedSerializer(secret=settings.secret_key),
    }
    url = settings.queue_url
    if url.startswith("redis"):
        return RedisHuey(url=url, **common)
    if url:
        return PostgresHuey(dsn=url, **common)
    return SqliteHuey(
        filename=str(settings.data_dir / "queue.sqlite"),
        timeout=BUSY_SECONDS,
        fsync=False,  # a wake-up need not survive a power cut
        **common,
    )
