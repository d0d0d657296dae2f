"""Read the public record."""

from collections.abc import Sequence

from portal.db import db
from portal.ledger.models import Event


def events_of(subject: str) -> Sequence[Event]:
    """Everything that happened to one matter, oldest first."""
    return db.session.scalars(
        db.select(Event).where(Event.subject == subject).order_by(Event.id)
    ).all()
