"""Read the public record and its seals."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from portal.db import db
from portal.ledger import rules
from portal.ledger.models import Event, Seal, SealMember

EVENT = (Event.id, Event.at, Event.kind, Event.subject, Event.details)


class Unsealed(NamedTuple):
    """An event that waits for its seal, with the line it is sealed as."""

    id: int
    line: str


def events_of(subject: str, kinds: Collection[str] = ()) -> Sequence[Event]:
    """Everything that happened to one matter, oldest first; or what is of these kinds."""
    statement = select(Event).where(Event.subject == subject).order_by(Event.id)
    return db.session.scalars(statement.where(Event.kind.in_(kinds)) if kinds else statement).all()


def last_id() -> int:
    """The number of the newest line: it grows with each change of state."""
    # Asked with every page of a signed-in reader: the driver alone takes a fifth of the ORM's time.
    return db.session.connection().exec_driver_sql("SELECT max(id) FROM events").scalar() or 0


def head() -> Seal | None:
    """The newest seal; None before the first."""
    return db.session.scalar(select(Seal).order_by(Seal.number.desc()).limit(1))


def head_at(at: datetime) -> Seal | None:
    """The newest seal that was made by a moment."""
    return db.session.scalar(select(Seal).where(Seal.sealed_at <= at).order_by(Seal.number.desc()).limit(1))


def seals(*, before: int | None, limit: int) -> Sequence[Seal]:
    """Seals from the newest on, or from just before a number."""
    newest = select(Seal).order_by(Seal.number.desc()).limit(limit)
    return db.session.scalars(newest if before is None else newest.where(Seal.number < before)).all()


def seal(number: int) -> Seal | None:
    return db.session.get(Seal, number)


def has_unsealed(*, until: datetime) -> bool:
    """Does an event of a moment or before wait for its seal?"""
    return db.session.scalar(_unsealed_ids(until).limit(1)) is not None


def unsealed(*, until: datetime, size: int = rules.BATCH) -> Iterator[list[Unsealed]]:
    """Events of a moment and before that no seal holds yet, in batches.

    Looked for one by one and never as a range of ids: PostgreSQL hands out an id before the event is
    committed, so a lower one may appear later.
    """
    ids = db.session.scalars(_unsealed_ids(until)).all()
    for start in range(0, len(ids), size):
        batch = ids[start : start + size]
        rows = select(*EVENT).where(Event.id.between(batch[0], batch[-1])).order_by(Event.id)
        waiting = set(batch)
        yield [Unsealed(row.id, rules.line(*row)) for row in db.session.execute(rows) if row.id in waiting]


def _unsealed_ids(until: datetime) -> Select[int]:
    return (
        select(Event.id)
        .join(SealMember, SealMember.event_id == Event.id, isouter=True)
        .where(SealMember.event_id.is_(None), Event.at <= until)
        .order_by(Event.id)
    )


def lines(number: int) -> list[str]:
    """The events of a seal in their order, as they stand now."""
    rows = (
        select(*EVENT)
        .join(SealMember, SealMember.event_id == Event.id)
        .where(SealMember.seal_number == number)
        .order_by(SealMember.position)
    )
    return [rules.line(*row) for row in db.session.execute(rows)]


def members(number: int) -> Sequence[Any]:
    """Places of a seal in their order: event_id, digest, and the event's columns, empty where it is gone."""
    rows = (
        select(SealMember.event_id, SealMember.digest, *EVENT)
        .join(Event, Event.id == SealMember.event_id, isouter=True)
        .where(SealMember.seal_number == number)
        .order_by(SealMember.position)
    )
    return db.session.execute(rows).all()
