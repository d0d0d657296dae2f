"""Ideas that residents give to a project."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.assignments.models import Assignment, Response
from portal.attachments.models import Attachment
from portal.db import Model
from portal.places.models import Area
from portal.projects.ideas.rules import IdeaStatus
from portal.projects.models import Phase, Project


class Idea(Model):
    """An idea as everybody reads it. `phase` is the collecting phase that it belongs to: at its end the
    idea's status becomes a duty (`assignment`), and the answer that gives it is `status_response`.
    `origin` names the thread or post that the idea was made of."""

    __tablename__ = "ideas"
    __table_args__ = (
        CheckConstraint("(status = 'waiting') = (status_at IS NULL)", name="status_dated"),
        CheckConstraint("(status = 'waiting') = (status_response_id IS NULL)", name="status_has_reason"),
        CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="point"),
        Index("ix_ideas_project_id_given_at", "project_id", "given_at", "id"),
        Index("ix_ideas_project_id_supporter_count", "project_id", "supporter_count", "id"),
        Index("ix_ideas_phase_id_assignment_id", "phase_id", "assignment_id"),
        Index("ix_ideas_author_id", "author_id", "id"),
        Index("ix_ideas_status_at", "status_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"))
    phase_id: Mapped[int] = mapped_column(ForeignKey("project_phases.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    title: Mapped[str]
    body: Mapped[str]
    body_html: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    area_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"))
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    given_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    salt: Mapped[str]  # of the digest that stands in the public record
    status: Mapped[IdeaStatus] = mapped_column(default=IdeaStatus.WAITING)
    status_response_id: Mapped[int | None] = mapped_column(ForeignKey("responses.id"), unique=True)
    status_at: Mapped[datetime | None]
    supporter_count: Mapped[int] = mapped_column(default=0)  # kept by writes
    comment_count: Mapped[int] = mapped_column(default=0)
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignments.id"), unique=True)
    origin: Mapped[str | None] = mapped_column(unique=True)

    project: Mapped[Project] = relationship()
    phase: Mapped[Phase] = relationship()
    author: Mapped[User] = relationship()
    area: Mapped[Area | None] = relationship()
    assignment: Mapped[Assignment | None] = relationship()
    status_response: Mapped[Response | None] = relationship()
    photos: Mapped[list["IdeaPhoto"]] = relationship(
        order_by="IdeaPhoto.position", cascade="all, delete-orphan"
    )

    @property
    def number(self) -> str:
        return f"I-{self.id}"

    @property
    def subject(self) -> str:
        """Its name in the public record."""
        return f"idea:{self.number}"


class IdeaPhoto(Model):
    __tablename__ = "idea_photos"
    __table_args__ = (UniqueConstraint("idea_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"))
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachments.id"), unique=True)
    position: Mapped[int]

    attachment: Mapped[Attachment] = relationship()


class IdeaVersion(Model):
    """A former text of an edited idea."""

    __tablename__ = "idea_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    title: Mapped[str]
    body_html: Mapped[str]
    place: Mapped[str]
    replaced_at: Mapped[datetime]


class IdeaSupporter(Model):
    """Somebody who wants the same; once per person."""

    __tablename__ = "idea_supporters"
    __table_args__ = (UniqueConstraint("idea_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    at: Mapped[datetime]
