"""What waits, what was given up, and whether somebody works."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from portal.db import db
from portal.jobs.models import Job, PeriodicRun
from portal.jobs.rules import JobState

HEARTBEAT = "jobs.heartbeat"


def dead(limit: int = 100) -> Sequence[Job]:
    """The jobs that were given up, latest first."""
    return db.session.scalars(
        select(Job).where(Job.state == JobState.DEAD).order_by(Job.id.desc()).limit(limit)
    ).all()


def dead_count() -> int:
    return db.session.scalar(select(func.count()).where(Job.state == JobState.DEAD)) or 0


def heartbeat_at() -> datetime | None:
    """When a runner last began a minute; None when none ever ran."""
    return db.session.scalar(select(PeriodicRun.slot_at).where(PeriodicRun.name == HEARTBEAT))


def slots() -> dict[str, datetime]:
    """Which period of each recurring work was begun last."""
    rows = db.session.execute(select(PeriodicRun.name, PeriodicRun.slot_at))
    return {row.name: row.slot_at for row in rows}


def oldest_due_at(at: datetime) -> datetime | None:
    """Since when the oldest due job waits; None when nothing is due."""
    return db.session.scalar(
        select(func.min(Job.run_at)).where(Job.state == JobState.WAITING, Job.run_at <= at)
    )
