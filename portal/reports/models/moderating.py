"""What moderators did with a report."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.assignments.rules import RefusalBasis
from portal.db import Model
from portal.organisation.models import Agency
from portal.reports.models.report import Report


class PublicWording(Model):
    """A public text of a report as it stood from `at` on. `author_id` is None where it was the resident's
    own, masked by itself. The original stands in `report_contents` and never changes."""

    __tablename__ = "public_wordings"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    title: Mapped[str]
    body: Mapped[str]
    place: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]

    author: Mapped[User | None] = relationship()


class ReportMerge(Model):
    """A report that goes on in an earlier one, until it is undone."""

    __tablename__ = "report_merges"
    __table_args__ = (CheckConstraint("report_id <> into_id", name="two_reports"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    into_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    adds_reporter: Mapped[bool]  # its reporter has no account, and is counted all the same
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class ModeratorQuestion(Model):
    """What a moderator asked before verification."""

    __tablename__ = "moderator_questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    body: Mapped[str]
    at: Mapped[datetime]


class EarlyRefusal(Model):
    """A moderator's refusal before verification; its words to the reporter stand in `question`."""

    __tablename__ = "early_refusals"
    __table_args__ = (
        CheckConstraint(
            "(overturned_at IS NULL) = (overturned_by_id IS NULL)", name="overturned_by_somebody"
        ),
        Index("ix_early_refusals_at_id", "at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("moderator_questions.id"), unique=True)
    basis: Mapped[RefusalBasis]
    outside_body_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    duplicate_of: Mapped[str | None]
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    overturned_at: Mapped[datetime | None]
    overturned_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    overturn_reason: Mapped[str] = mapped_column(default="")

    report: Mapped[Report] = relationship()
    question: Mapped[ModeratorQuestion] = relationship()
    outside_body: Mapped[Agency | None] = relationship()
