"""Milestones with their slips, obstacles, photos of the site, and monthly reports."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.assignments.models import Assignment
from portal.attachments.models import Attachment
from portal.db import Model
from portal.projects.ideas.models import Idea
from portal.projects.models import Project
from portal.projects.voting.models import VoteChoice


class Milestone(Model):
    """A piece of the work. `first_planned_on` is the first promise and stays; each change of `planned_on`
    is a slip with its reason. `weight` is its share of the progress."""

    __tablename__ = "milestones"
    __table_args__ = (
        CheckConstraint("weight > 0", name="weight"),
        Index("ix_milestones_project_id_position", "project_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"))
    position: Mapped[int]
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    weight: Mapped[int] = mapped_column(default=1)
    first_planned_on: Mapped[date]
    planned_on: Mapped[date]
    actual_on: Mapped[date | None]
    choice_id: Mapped[int | None] = mapped_column(ForeignKey("vote_choices.id"), index=True)

    project: Mapped[Project] = relationship()
    choice: Mapped[VoteChoice | None] = relationship()
    ideas: Mapped[list[Idea]] = relationship(secondary="milestone_ideas", order_by=Idea.id)
    slips: Mapped[list["Slip"]] = relationship(back_populates="milestone", order_by="Slip.id")


class MilestoneIdea(Model):
    """An idea that a milestone makes real."""

    __tablename__ = "milestone_ideas"

    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestones.id"), primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), primary_key=True, index=True)


class Slip(Model):
    """A planned date was changed; why is said in public and stays."""

    __tablename__ = "milestone_slips"
    __table_args__ = (CheckConstraint("reason <> ''", name="reason"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestones.id"), index=True)
    was_on: Mapped[date]
    became_on: Mapped[date]
    reason: Mapped[str]
    at: Mapped[datetime]

    milestone: Mapped[Milestone] = relationship(back_populates="slips")


class Obstacle(Model):
    """Something in the way of the work, of one milestone or of all; open until it is told how it ended."""

    __tablename__ = "obstacles"
    __table_args__ = (
        CheckConstraint("resolved_on IS NULL OR resolved_on >= since_on", name="order"),
        CheckConstraint("(resolved_on IS NULL) = (resolution = '')", name="resolved_with_words"),
        Index("ix_obstacles_project_id_since_on", "project_id", "since_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"))
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestones.id"))
    body: Mapped[str]
    since_on: Mapped[date]
    resolved_on: Mapped[date | None]
    resolution: Mapped[str] = mapped_column(default="")

    project: Mapped[Project] = relationship()
    milestone: Mapped[Milestone | None] = relationship()


class MonthlyReport(Model):
    """What the responsible official says of one month of building: a duty with a deadline.

    A draft until `published_at`. `version` grows with each saving, so that two writers notice each other.
    """

    __tablename__ = "project_reports"
    __table_args__ = (UniqueConstraint("project_id", "month"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"))
    month: Mapped[date]  # its first day
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignments.id"), unique=True)
    summary: Mapped[str] = mapped_column(default="")
    achievements: Mapped[str] = mapped_column(default="")
    achievements_html: Mapped[str] = mapped_column(default="")
    obstacles: Mapped[str] = mapped_column(default="")
    obstacles_html: Mapped[str] = mapped_column(default="")
    plan: Mapped[str] = mapped_column(default="")
    plan_html: Mapped[str] = mapped_column(default="")
    saved_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime | None]

    project: Mapped[Project] = relationship()
    assignment: Mapped[Assignment | None] = relationship()
    photos: Mapped[list["SitePhoto"]] = relationship(order_by="SitePhoto.id")

    @property
    def number(self) -> str:
        return f"L-{self.id}"

    @property
    def subject(self) -> str:
        """Its name in the public record."""
        return f"project-report:{self.number}"


class SitePhoto(Model):
    """A photo as evidence: of a milestone, an obstacle or a month. `alt` says what it shows to those who
    do not see it."""

    __tablename__ = "site_photos"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN milestone_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN obstacle_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN report_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="of_one_thing",
        ),
        Index("ix_site_photos_project_id_id", "project_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"))
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestones.id"))
    obstacle_id: Mapped[int | None] = mapped_column(ForeignKey("obstacles.id"))
    report_id: Mapped[int | None] = mapped_column(ForeignKey("project_reports.id"), index=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachments.id"), unique=True)
    caption: Mapped[str]
    alt: Mapped[str]
    taken_on: Mapped[date]

    attachment: Mapped[Attachment] = relationship()
