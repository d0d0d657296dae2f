"""Meetings about a project, who comes, and what was said there."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Model
from portal.projects.models import Project


class Meeting(Model):
    """A meeting; `capacity` None means that everybody fits in. `version` grows with each change, so that
    calendars notice it."""

    __tablename__ = "meetings"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="order"),
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity"),
        CheckConstraint("capacity IS NULL OR registered_count <= capacity", name="seats"),
        CheckConstraint("(minutes_at IS NULL) = (minutes = '')", name="minutes_dated"),
        Index("ix_meetings_project_id_starts_at", "project_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"))
    title: Mapped[str]
    agenda: Mapped[str] = mapped_column(default="")
    agenda_html: Mapped[str] = mapped_column(default="")
    place: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    capacity: Mapped[int | None]
    registered_count: Mapped[int] = mapped_column(default=0)  # kept by writes
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    cancelled_at: Mapped[datetime | None]
    cancelled_because: Mapped[str] = mapped_column(default="")
    minutes: Mapped[str] = mapped_column(default="")
    minutes_html: Mapped[str] = mapped_column(default="")
    minutes_at: Mapped[datetime | None]
    attended_count: Mapped[int | None]

    project: Mapped[Project] = relationship()

    @property
    def number(self) -> str:
        return f"M-{self.id}"

    @property
    def subject(self) -> str:
        """Its name in the public record."""
        return f"meeting:{self.number}"


class MeetingRegistration(Model):
    """Somebody who wants to come; only their number is public."""

    __tablename__ = "meeting_registrations"
    __table_args__ = (UniqueConstraint("meeting_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    at: Mapped[datetime]
