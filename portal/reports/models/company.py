"""What others and the reporter add later: words, support, followers, and what enough support is owed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.assignments.models import Assignment, Response
from portal.db import Model
from portal.reports.models.report import Report


class Message(Model):
    """What the resident said later: an answer to a question, or why the matter is not solved.

    `public_body` is the masked text, empty for confidential reports.
    """

    __tablename__ = "report_messages"
    __table_args__ = (Index("ix_report_messages_report_id_id", "report_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    body: Mapped[str]
    public_body: Mapped[str]
    at: Mapped[datetime]


class Supporter(Model):
    """Somebody who follows a report and is told of each step; counted when they have the same matter."""

    __tablename__ = "supporters"
    __table_args__ = (UniqueConstraint("report_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    is_affected: Mapped[bool] = mapped_column(default=True)
    at: Mapped[datetime]
    # Came along with a report that was merged into this one.
    merge_id: Mapped[int | None] = mapped_column(ForeignKey("report_merges.id"), index=True)


class ReportFollowerByMail(Model):
    """Somebody without an account who is told of each step of a public report: once they confirmed it.

    The only place that holds the address. The row goes with its reader's word, or a while after the
    report's end; one that nobody confirmed goes after two days. `key` is drawn at random and stands,
    signed, in the links of its letters.
    """

    __tablename__ = "report_followers_by_mail"
    __table_args__ = (UniqueConstraint("report_id", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    address: Mapped[str]
    language: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]

    report: Mapped[Report] = relationship()


class CarriedSuggestion(Model):
    """A suggestion that gathered enough supporters: the head of its agency owes an answer of their own.
    One row for each report, so that it is owed once; whoever takes support back changes nothing here."""

    __tablename__ = "carried_suggestions"
    __table_args__ = (CheckConstraint("(response_id IS NULL) = (answered_at IS NULL)", name="answer_dated"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), primary_key=True)
    at: Mapped[datetime]
    supporter_count: Mapped[int]  # of that moment
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignments.id"), unique=True)
    response_id: Mapped[int | None] = mapped_column(ForeignKey("responses.id"), unique=True)
    answered_at: Mapped[datetime | None]

    report: Mapped[Report] = relationship(back_populates="carried")
    assignment: Mapped[Assignment | None] = relationship()
    response: Mapped[Response | None] = relationship()
