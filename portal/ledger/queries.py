"""Read the public record."""

from collections.abc import Sequence

from sqlalchemy import func

from portal.db import db
from portal.ledger.models import Event


def events_of(subject: str) -> Sequence[Event]:
    """Everything that happened to one matter, oldest first."""
    return db.session.scalars(db.select(Event).where(Event.subject == subject).order_by(Event.id)).all()


def last_id() -> int:
    """The number of the newest line: it grows with each change of state."""
    return db.session.scalar(db.select(func.max(Event.id))) or 0
