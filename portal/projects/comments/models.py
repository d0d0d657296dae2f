"""Comments on what a project holds: ideas and pins."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.db import Model
from portal.projects.models import Project


class ProjectComment(Model):
    """A plain text under the thing that `about` names ("idea:I-1", "pin:N-1")."""

    __tablename__ = "project_comments"
    __table_args__ = (
        Index("ix_project_comments_about_id", "about", "id"),
        Index("ix_project_comments_author_id", "author_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"), index=True)
    about: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    body: Mapped[str]
    at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    salt: Mapped[str]  # of the digest that stands in the public record

    project: Mapped[Project] = relationship()
    author: Mapped[User] = relationship()
    versions: Mapped[list["ProjectCommentVersion"]] = relationship(order_by="ProjectCommentVersion.id")

    @property
    def number(self) -> str:
        return f"K-{self.id}"

    @property
    def subject(self) -> str:
        """Its name in the public record."""
        return f"comment:{self.number}"


class ProjectCommentVersion(Model):
    """A former text of an edited comment."""

    __tablename__ = "project_comment_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("project_comments.id"), index=True)
    body: Mapped[str]
    replaced_at: Mapped[datetime]
