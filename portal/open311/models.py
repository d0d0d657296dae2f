"""Programs of others that may file reports, and what they filed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Model


class Open311Client(Model):
    """A program that files reports for people. Of its key only a digest is kept; none: it has no key."""

    __tablename__ = "open311_clients"
    __table_args__ = (CheckConstraint("hourly_limit > 0 AND daily_limit > 0", name="limits_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    contact: Mapped[str]
    key_digest: Mapped[str | None] = mapped_column(unique=True)
    keyed_at: Mapped[datetime | None]  # when its present key was made
    hourly_limit: Mapped[int]
    daily_limit: Mapped[int]
    is_active: Mapped[bool] = mapped_column(default=True)
    last_used_on: Mapped[date | None]
    created_at: Mapped[datetime]


class Open311Filing(Model):
    """Which client filed a report. Of the person it says nothing."""

    __tablename__ = "open311_filings"

    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("open311_clients.id"), index=True)
