"""Put work into the outbox, claim it, and say how it ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from portal import db as database
from portal.db import db
from portal.jobs import queue, rules
from portal.jobs.models import Job, PeriodicRun
from portal.jobs.rules import JobState


@dataclass(frozen=True)
class Claim:
    """A job in our hands until the lease ends; `try_count` is the fence against a second holder."""

    id: int
    name: str
    payload: dict[str, Any]
    try_count: int


def enqueue(
    name: str, *, at: datetime, key: str | None = None, run_at: datetime | None = None, **payload: Any
) -> None:
    """Write work into the outbox, in the transaction of its cause; a second one with `key` is not made.

    The runner is woken after the commit. `payload` must be JSON.
    """
    row = {"name": name, "key": key, "payload": payload, "run_at": run_at or at, "created_at": at}
    db.session.execute(insert(Job).values(**row).on_conflict_do_nothing())
    database.after_commit(queue.poke)


def insert(model: type[Any]) -> Any:
    """The engine's own INSERT, which knows ON CONFLICT; both engines write it alike."""
    engine = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    return engine.insert(model)


def claim(at: datetime) -> Claim | None:
    """Take the next job that is due, or None. Commit at once: only then do others see that it is taken."""
    due = (
        select(Job.id)
        .where(Job.state == JobState.WAITING, Job.run_at <= at)
        .order_by(Job.run_at, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)  # SQLite has one writer at a time and leaves it out
    )
    take = (
        update(Job)
        .where(Job.id == due.scalar_subquery())
        .values(run_at=at + rules.LEASE, try_count=Job.try_count + 1)
        .returning(Job.id, Job.name, Job.payload, Job.try_count)
        .execution_options(synchronize_session=False)
    )
    row = db.session.execute(take).one_or_none()
    return Claim(*row) if row else None


def finish(claim: Claim, *, at: datetime) -> bool:
    """Mark it done; False when the lease ran out and somebody else has it: then roll back."""
    return _settle(claim, state=JobState.DONE, done_at=at, last_error=None)


def fail(claim: Claim, error: Exception, *, at: datetime) -> None:
    """Try again later, or give up and leave it to an administrator."""
    gives_up = isinstance(error, rules.Hopeless) or claim.try_count >= rules.MAX_TRIES
    _settle(
        claim,
        state=JobState.DEAD if gives_up else JobState.WAITING,
        run_at=at + rules.backoff(claim.try_count),
        last_error=f"{type(error).__name__}: {error}"[: rules.ERROR_LENGTH],
    )


def retry(job: Job, *, at: datetime) -> None:
    """Begin again with a job that was given up."""
    job.state, job.run_at, job.try_count = JobState.WAITING, at, 0
    database.after_commit(queue.poke)


def forget_done(*, before: datetime) -> None:
    """Delete old done jobs; with them their keys are forgotten."""
    db.session.execute(
        delete(Job)
        .where(Job.state == JobState.DONE, Job.done_at < before)
        .execution_options(synchronize_session=False)
    )


def begin_slot(name: str, slot_at: datetime, every: timedelta) -> bool:
    """Is the period ours? True for one runner only; the others see that it was begun.

    One that was begun later than any runner's clock can be ahead is of a clock that has been set back.
    """
    first = insert(PeriodicRun).values(name=name, slot_at=slot_at)
    begun = db.session.execute(
        first.on_conflict_do_update(
            index_elements=[PeriodicRun.name],
            set_={"slot_at": slot_at},
            where=or_(PeriodicRun.slot_at < slot_at, PeriodicRun.slot_at > slot_at + every),
        ).returning(PeriodicRun.name)
    )
    return begun.one_or_none() is not None


def _settle(claim: Claim, **values: Any) -> bool:
    ended = db.session.execute(
        update(Job)
        .where(
            Job.id == claim.id,
            Job.state == JobState.WAITING,
            Job.try_count == claim.try_count,
        )
        .values(**values)
        .returning(Job.id)
        .execution_options(synchronize_session=False)
    )
    return ended.one_or_none() is not None
