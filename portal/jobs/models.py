"""The outbox: work written in the same transaction as its cause."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Model
from portal.jobs.rules import JobState


class Job(Model):
    """A piece of work. Claimed with a lease, done once; `key` keeps doubles out while it waits."""

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_state_run_at", "state", "run_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    key: Mapped[str | None] = mapped_column(unique=True)
    payload: Mapped[dict[str, Any]]
    state: Mapped[JobState] = mapped_column(default=JobState.WAITING)
    run_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    try_count: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class Heartbeat(Model):
    """When a runner was last seen alive."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
