"""The public record and the seals over it: lines that are never changed and never deleted."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
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


class Seal(Model):
    """A closed batch of events. Whoever notes `digest` can tell later whether anything before it changed.

    Each seal is made over the one before, so `previous_digest` stands once: the chain cannot fork.
    """

    __tablename__ = "seals"
    __table_args__ = (
        UniqueConstraint("previous_digest"),
        UniqueConstraint("digest"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("event_count > 0", name="event_count"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sealed_at: Mapped[datetime]
    event_count: Mapped[int]
    events_digest: Mapped[str]  # of the lines of its events, in their order
    previous_digest: Mapped[str]
    digest: Mapped[str]


class SealMember(Model):
    """An event's place in its seal; `digest` is that of its line, so that a changed one can be named."""

    __tablename__ = "seal_members"
    __table_args__ = (UniqueConstraint("seal_number", "position"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True, autoincrement=False)
    seal_number: Mapped[int] = mapped_column(ForeignKey("seals.number"))
    position: Mapped[int]
    digest: Mapped[str]


for _model in (Event, Seal, SealMember):
    triggers.protect(Model.metadata.tables[_model.__tablename__])
