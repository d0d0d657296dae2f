"""Who took down what somebody else brought; for the handling side only."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.db import Model
from portal.organisation.models import Agency
from portal.reports.models import Report


class CounterFiling(Model):
    """A report taken down by an official or a moderator. `agency_id` is that of the official then, None for
    a moderator; `received_on` is the city's day on which it was said or the letter arrived."""

    __tablename__ = "counter_filings"
    __table_args__ = (
        Index("ix_counter_filings_recorded_by_id", "recorded_by_id", "report_id"),
        Index("ix_counter_filings_agency_id", "agency_id", "report_id"),
    )

    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), primary_key=True)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    received_on: Mapped[date]
    recorded_at: Mapped[datetime]

    report: Mapped[Report] = relationship()
    recorded_by: Mapped[User] = relationship()
    agency: Mapped[Agency | None] = relationship()
