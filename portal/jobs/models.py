"""The outbox: work written in the same transaction as its cause."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Model
from portal.jobs.rules import JobState


class Job(Model):
    """A piece of work. `key` keeps doubles out for as long as the row exists.

    `run_at` is when it may be taken; a claim moves it behind the lease and counts the try, so that a
    killed runner's job comes back by itself.
    """

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_state_run_at_id", "state", "run_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    key: Mapped[str | None] = mapped_column(unique=True)
    payload: Mapped[dict[str, Any]]
    state: Mapped[JobState] = mapped_column(default=JobState.WAITING)
    run_at: Mapped[datetime]
    try_count: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class PeriodicRun(Model):
    """When a recurring piece of work last began: the slot is taken by one runner only."""

    __tablename__ = "periodic_runs"

    name: Mapped[str] = mapped_column(primary_key=True)
    slot_at: Mapped[datetime]
