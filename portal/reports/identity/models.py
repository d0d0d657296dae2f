"""What is kept of those who hide their name: one sealed row, and what keeps guessers away."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.db import Model


class SealedIdentity(Model):
    """Who brought an anonymous report, for nobody to read: see sealing.py.

    `lookup` is a keyed digest of the account by which its own pages know the report again; None where an
    address alone was sealed. No other row, event, letter or line says who it was.
    """

    __tablename__ = "sealed_identities"

    report_id: Mapped[int] = mapped_column(ForeignKey("reporters.report_id"), primary_key=True)
    sealed: Mapped[str] = mapped_column(deferred=True)
    lookup: Mapped[str | None] = mapped_column(index=True)


class IdentityOpening(Model):
    """A moderator saw the name behind an anonymous report, and why. The name does not stand here."""

    __tablename__ = "identity_openings"
    __table_args__ = (Index("ix_identity_openings_at_id", "at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str]
    at: Mapped[datetime]

    by: Mapped[User] = relationship()


class GuessBrake(Model):
    """Wrong words for one tracking code in a row, whether a report has that code or not."""

    __tablename__ = "guess_brakes"

    code_digest: Mapped[str] = mapped_column(primary_key=True)
    failed_count: Mapped[int] = mapped_column(default=0)
    paused_until: Mapped[datetime | None]
    failed_at: Mapped[datetime] = mapped_column(index=True)
