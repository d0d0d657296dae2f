"""Versions of a project's drawing, and the pins on them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.attachments.models import Attachment, Drawing
from portal.db import Model
from portal.projects.ideas.models import Idea
from portal.projects.models import Project
from portal.projects.plans.rules import Fate, PinKind, square_at


class PlanVersion(Model):
    """One version of the drawing. A draft until every pin of the version before has its verdict."""

    __tablename__ = "plan_versions"
    __table_args__ = (UniqueConstraint("project_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"))
    number: Mapped[int]  # 1, 2, ...
    drawing_id: Mapped[int] = mapped_column(ForeignKey("drawings.id"), unique=True)
    title: Mapped[str] = mapped_column(default="")
    change_note: Mapped[str] = mapped_column(default="")  # what changed since the version before
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    last_position: Mapped[int] = mapped_column(default=0)  # of the pin that came last

    project: Mapped[Project] = relationship()
    drawing: Mapped[Drawing] = relationship()


class Pin(Model):
    """What somebody says about a place on the drawing. Where it stands on each version: PinPlace."""

    __tablename__ = "pins"
    __table_args__ = (Index("ix_pins_author_id", "author_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[PinKind]
    body: Mapped[str]
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"), unique=True)
    given_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    salt: Mapped[str]  # of the digests that stand in the public record
    supporter_count: Mapped[int] = mapped_column(default=0)  # kept by writes
    comment_count: Mapped[int] = mapped_column(default=0)

    project: Mapped[Project] = relationship()
    author: Mapped[User] = relationship()
    photo: Mapped[Attachment | None] = relationship()
    places: Mapped[list["PinPlace"]] = relationship(back_populates="pin", order_by="PinPlace.version_id")

    @property
    def number(self) -> str:
        return f"N-{self.id}"

    @property
    def subject(self) -> str:
        """Its name in the public record."""
        return f"pin:{self.number}"

    @property
    def is_shown(self) -> bool:
        return self.hidden_at is None and self.withdrawn_at is None


class PinPlace(Model):
    """A pin on one version: its number there, its place in per mille, what the next version did with it.

    `kind`, `supporter_count` and `is_shown` repeat the pin's, so that an index alone finds and sorts
    what a page shows.
    """

    __tablename__ = "pin_places"
    __table_args__ = (
        CheckConstraint("x BETWEEN 0 AND 1000 AND y BETWEEN 0 AND 1000", name="inside"),
        CheckConstraint("(fate = 'waiting') = (judged_at IS NULL)", name="judged"),
        UniqueConstraint("version_id", "position"),
        UniqueConstraint("pin_id", "version_id"),
        Index("ix_pin_places_shown", "version_id", "is_shown", "supporter_count", "position"),
        Index("ix_pin_places_square", "version_id", "is_shown", "square", "supporter_count", "position"),
        Index("ix_pin_places_kind", "version_id", "is_shown", "kind", "supporter_count", "position"),
        Index("ix_pin_places_fate", "version_id", "is_shown", "fate", "supporter_count", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pin_id: Mapped[int] = mapped_column(ForeignKey("pins.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("plan_versions.id"))
    position: Mapped[int]
    x: Mapped[int]
    y: Mapped[int]
    square: Mapped[int] = mapped_column(default=lambda context: _square(context))
    kind: Mapped[PinKind]
    supporter_count: Mapped[int] = mapped_column(default=0)
    is_shown: Mapped[bool] = mapped_column(default=True)
    fate: Mapped[Fate] = mapped_column(default=Fate.WAITING)
    fate_reason: Mapped[str] = mapped_column(default="")
    judged_at: Mapped[datetime | None]

    pin: Mapped[Pin] = relationship(back_populates="places")
    plan_version: Mapped[PlanVersion] = relationship()


class PlanSquare(Model):
    """How many shown pins stand in a square, kept by writes: a drawing's clusters and all its counts are
    read from at most a few hundred rows, however many pins there are."""

    __tablename__ = "plan_squares"
    __table_args__ = (CheckConstraint("pin_count >= 0", name="count"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("plan_versions.id"), primary_key=True)
    square: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[PinKind] = mapped_column(primary_key=True)
    fate: Mapped[Fate] = mapped_column(primary_key=True)
    pin_count: Mapped[int]


class PinVerdict(Model):
    """What a draft means to do with a pin of the version before; it becomes public with the draft.

    `x` and `y` say where an open pin goes on the new drawing, if not to the same place.
    """

    __tablename__ = "pin_verdicts"
    __table_args__ = (
        CheckConstraint("fate <> 'waiting'", name="given"),
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("(x IS NULL) = (y IS NULL)", name="point"),
        Index("ix_pin_verdicts_version_id", "version_id"),
    )

    place_id: Mapped[int] = mapped_column(ForeignKey("pin_places.id"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("plan_versions.id"))
    fate: Mapped[Fate]
    reason: Mapped[str]
    x: Mapped[int | None]
    y: Mapped[int | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]


class PinFormerText(Model):
    """A former text of an edited pin."""

    __tablename__ = "pin_former_texts"

    id: Mapped[int] = mapped_column(primary_key=True)
    pin_id: Mapped[int] = mapped_column(ForeignKey("pins.id"), index=True)
    body: Mapped[str]
    replaced_at: Mapped[datetime]


class PinSupporter(Model):
    """Somebody who says the same; once per person."""

    __tablename__ = "pin_supporters"
    __table_args__ = (UniqueConstraint("pin_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pin_id: Mapped[int] = mapped_column(ForeignKey("pins.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    at: Mapped[datetime]


class PlanIdea(Model):
    """An idea that a version of the drawing takes up."""

    __tablename__ = "plan_ideas"

    version_id: Mapped[int] = mapped_column(ForeignKey("plan_versions.id"), primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), primary_key=True, index=True)

    idea: Mapped[Idea] = relationship()
    plan_version: Mapped[PlanVersion] = relationship()


def _square(context: object) -> int:
    values = context.get_current_parameters()  # type: ignore[attr-defined]  # SQLAlchemy's context has no type
    return square_at(values["x"], values["y"])
