"""The public record: one line per change of state, never changed and never deleted."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Model
from portal.ledger import triggers


class Event(Model):
    """One line of the record. It carries no personal data; content stands in it only as a salted digest.

    `subject` names the matter ("report:MDN-26-000123"); the database refuses UPDATE and DELETE.
    """

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_subject_id", "subject", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str]
    subject: Mapped[str]
    details: Mapped[dict[str, Any]]


triggers.protect(Model.metadata.tables[Event.__tablename__])
