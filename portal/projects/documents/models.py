"""Papers of a project."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Model
from portal.projects.models import Project


class ProjectDocument(Model):
    """A PDF that the city published. `token` is its public name; the bytes lie in the file store."""

    __tablename__ = "project_documents"
    __table_args__ = (Index("ix_project_documents_project_id_dated_on", "project_id", "dated_on", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"))
    title: Mapped[str]
    dated_on: Mapped[date]
    token: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[str]
    byte_count: Mapped[int]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    added_at: Mapped[datetime]

    project: Mapped[Project] = relationship()
