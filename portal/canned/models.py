"""Answers that are written once and used often; each change makes a version, and none is ever lost."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.db import Model
from portal.ledger import triggers
from portal.organisation.models import Agency


class CannedAnswer(Model):
    """A text for the answer box, of one agency, or of the whole city (no agency).

    `number` is its newest version. A retired one is offered no longer; what was answered with it stays.
    """

    __tablename__ = "canned_answers"
    __table_args__ = (Index("ix_canned_answers_agency_id", "agency_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    number: Mapped[int]
    retired_at: Mapped[datetime | None]

    agency: Mapped[Agency | None] = relationship()
    versions: Mapped[list["CannedAnswerVersion"]] = relationship(
        back_populates="canned_answer", order_by="CannedAnswerVersion.number"
    )

    @property
    def newest(self) -> "CannedAnswerVersion":
        return self.versions[-1]


class CannedAnswerVersion(Model):
    """How a canned answer read from a moment on, and whether it was offered; never changed or deleted."""

    __tablename__ = "canned_answer_versions"
    __table_args__ = (UniqueConstraint("canned_answer_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    canned_answer_id: Mapped[int] = mapped_column(ForeignKey("canned_answers.id"))
    number: Mapped[int]
    title: Mapped[str]
    body: Mapped[str]
    is_retired: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[datetime]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))

    canned_answer: Mapped[CannedAnswer] = relationship(back_populates="versions")
    written_by: Mapped[User] = relationship()


triggers.protect(Model.metadata.tables[CannedAnswerVersion.__tablename__])
