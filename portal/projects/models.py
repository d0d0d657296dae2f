"""What a project is: its facts, its phases, who follows it, and what was changed about it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.attachments.models import Attachment
from portal.categories.models import Category
from portal.db import Model
from portal.organisation.models import Agency, Official
from portal.places.models import Area
from portal.projects.rules import PhaseKind


class Project(Model):
    """Something that residents and the city plan together. Public from `published_at` on.

    `budget` is in whole rupiah; `budget_source` says where the figure stands (e.g. the budget law).
    """

    __tablename__ = "projects"
    __table_args__ = (
        CheckConstraint("budget IS NULL OR budget >= 0", name="budget"),
        CheckConstraint("budget IS NULL OR budget_source <> ''", name="budget_has_source"),
        CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="point"),
        Index("ix_projects_published_at_id", "published_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    story: Mapped[str] = mapped_column(default="")
    story_html: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    area_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"))
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    official_id: Mapped[int] = mapped_column(ForeignKey("officials.id"), index=True)
    category_code: Mapped[str] = mapped_column(ForeignKey("categories.code"))
    budget: Mapped[int | None] = mapped_column(BigInteger)
    budget_source: Mapped[str] = mapped_column(default="")
    fiscal_year: Mapped[int | None]
    cover_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"), unique=True)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    follower_count: Mapped[int] = mapped_column(default=0)  # kept by writes
    idea_count: Mapped[int] = mapped_column(default=0)  # ideas that stand, kept by writes

    agency: Mapped[Agency] = relationship()
    official: Mapped[Official] = relationship()
    category: Mapped[Category] = relationship()
    area: Mapped[Area | None] = relationship()
    cover: Mapped[Attachment | None] = relationship()
    phases: Mapped[list["Phase"]] = relationship(
        back_populates="project", order_by="(Phase.opens_on, Phase.closes_on, Phase.id)"
    )

    @property
    def subject(self) -> str:
        """Its name in the public record."""
        return f"project:{self.slug}"


class Phase(Model):
    """A stretch of a project between two local dates, both included; `title` only where the kind's name
    is not enough (a second round). The marks say that its opening and closing were told to followers."""

    __tablename__ = "project_phases"
    __table_args__ = (
        CheckConstraint("closes_on >= opens_on", name="order"),
        Index("ix_project_phases_project_id_opens_on", "project_id", "opens_on"),
        Index("ix_project_phases_opens_on", "opens_on"),
        Index("ix_project_phases_closes_on", "closes_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"))
    kind: Mapped[PhaseKind]
    title: Mapped[str] = mapped_column(default="")
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    opening_told_at: Mapped[datetime | None]
    closing_told_at: Mapped[datetime | None]

    project: Mapped[Project] = relationship(back_populates="phases")


class ProjectChange(Model):
    """A change of dates or facts, with its reason: the public history of a project.

    `kind` is "dates", "budget" or "official"; `was` and `became` hold what `history.py` tells.
    """

    __tablename__ = "project_changes"
    __table_args__ = (Index("ix_project_changes_project_id_id", "project_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"))
    phase_id: Mapped[int | None] = mapped_column(ForeignKey("project_phases.id"))
    kind: Mapped[str]
    was: Mapped[dict[str, Any]]
    became: Mapped[dict[str, Any]]
    reason: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]

    phase: Mapped[Phase | None] = relationship()


class ProjectFollower(Model):
    """Somebody who is told when a phase opens, a plan changes, a result stands."""

    __tablename__ = "project_followers"
    __table_args__ = (UniqueConstraint("project_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    at: Mapped[datetime]
