"""A vote, who took part, and the ballots: two tables with nothing between them."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Model
from portal.places.models import Area
from portal.projects.ideas.models import Idea
from portal.projects.models import Phase, Project


class Vote(Model):
    """The question of a project's prioritising phase. Nothing of it changes from `opens_at` on but what
    follows from it: the result (`published_at`, with the digest of the ballots) and the decision."""

    __tablename__ = "votes"
    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="order"),
        CheckConstraint("dots > 0", name="dots"),
        CheckConstraint("most_on_one IS NULL OR most_on_one BETWEEN 1 AND dots", name="most_on_one"),
        CheckConstraint("(published_at IS NULL) = (digest IS NULL)", name="published_with_digest"),
        CheckConstraint("(decided_at IS NULL) = (decision = '')", name="decided_with_words"),
        Index("ix_votes_published_at_closes_at", "published_at", "closes_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"), unique=True)
    phase_id: Mapped[int] = mapped_column(ForeignKey("project_phases.id"))
    question: Mapped[str]
    dots: Mapped[int]  # for each person
    most_on_one: Mapped[int | None]  # of a person's dots on one choice; None: all of them
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    prepared_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    digest: Mapped[str | None]  # SHA-256 of the ballots as the CSV file gives them
    decision: Mapped[str] = mapped_column(default="")
    decision_html: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]

    project: Mapped[Project] = relationship()
    phase: Mapped[Phase] = relationship()
    choices: Mapped[list["VoteChoice"]] = relationship(
        order_by="VoteChoice.position", cascade="all, delete-orphan"
    )
    areas: Mapped[list[Area]] = relationship(secondary="vote_areas", order_by=Area.name)


class VoteArea(Model):
    """An area whose residents may vote; with it everything that lies in it."""

    __tablename__ = "vote_areas"

    vote_id: Mapped[int] = mapped_column(ForeignKey("votes.id", ondelete="CASCADE"), primary_key=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("areas.code"), primary_key=True)


class VoteChoice(Model):
    """Something to lay dots on. `position` is its number on every ballot. `is_taken` and `reason` come
    with the decision; None before."""

    __tablename__ = "vote_choices"
    __table_args__ = (
        UniqueConstraint("vote_id", "position"),
        CheckConstraint("cost IS NULL OR cost >= 0", name="cost"),
        CheckConstraint("is_taken IS NULL OR reason <> ''", name="taken_with_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("votes.id", ondelete="CASCADE"))
    position: Mapped[int]
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    cost: Mapped[int | None] = mapped_column(BigInteger)  # whole rupiah, estimated
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"), index=True)
    dot_count: Mapped[int | None]  # with the result; None where too few voted to show it
    people_count: Mapped[int | None]
    is_taken: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(default="")

    idea: Mapped[Idea | None] = relationship()


class Voter(Model):
    """Somebody took part; not when, and not how. Without a row number of SQLite's, which would tell the
    order in which people came."""

    __tablename__ = "voters"
    __table_args__ = ({"sqlite_with_rowid": False},)

    vote_id: Mapped[int] = mapped_column(ForeignKey("votes.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, index=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("areas.code"))  # as they declared it


class Ballot(Model):
    """Dots by choice (`{"3": 2, "5": 3}`, by position), under a number drawn by lot: no order, no time,
    no person."""

    __tablename__ = "ballots"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    vote_id: Mapped[int] = mapped_column(ForeignKey("votes.id"), index=True)
    dots: Mapped[dict[str, Any]]
