"""One official's duty to respond to one matter, and what was responded."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.assignments.rules import AssignmentState, RefusalBasis, ResponseKind
from portal.categories.models import Category
from portal.db import Model
from portal.deadlines.models import Clock
from portal.deadlines.rules.stages import Stage
from portal.organisation.models import Agency, Official
from portal.places.models import Area


class Assignment(Model):
    """The duty (disposisi). It does not know what it is about: its owner tells it `origin`, `number`,
    `title` and `place`, and registers what happens when it is responded to, resolved or reopened.
    A confidential matter's title and place stand in it too: only `queries.visible_to` leads to it.

    `lock` grows with each change, so that two people who answer at once notice each other.
    """

    __tablename__ = "assignments"
    __table_args__ = (
        CheckConstraint("withdrawn_at IS NULL OR ended_at IS NOT NULL", name="withdrawn_ended"),
        Index("ix_assignments_official_id_state", "official_id", "state"),
        Index("ix_assignments_agency_id_state", "agency_id", "state"),
        Index("ix_assignments_origin_received_at", "origin", "received_at"),
        Index("ix_assignments_disputed_at", "disputed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    origin: Mapped[str]  # "report", "thread", "idea", ...: who registered in owners.py
    number: Mapped[str] = mapped_column(unique=True)  # over all origins
    title: Mapped[str]
    place: Mapped[str]
    matter: Mapped[str]  # the policy's kind of matter, e.g. "complaint"
    area_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"))
    category_code: Mapped[str | None] = mapped_column(ForeignKey("categories.code"))
    is_confidential: Mapped[bool] = mapped_column(default=False)
    excluded_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    clock_id: Mapped[int] = mapped_column(ForeignKey("clocks.id"), unique=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    official_id: Mapped[int | None] = mapped_column(ForeignKey("officials.id"))
    state: Mapped[AssignmentState] = mapped_column(default=AssignmentState.OPEN)
    routing_rule_id: Mapped[int | None] = mapped_column(ForeignKey("routing_rules.id"))
    routing_reason: Mapped[dict[str, Any]] = mapped_column(default=dict)  # see routing.reasons
    received_at: Mapped[datetime]  # when the resident brought it, or its duty was due to begin
    disposed_at: Mapped[datetime]
    responded_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]  # the first time; what came later stands in the clock's ledger
    disputed_at: Mapped[datetime | None]  # a second time "not solved": moderators decide
    ended_at: Mapped[datetime | None]  # for good
    withdrawn_at: Mapped[datetime | None]  # ended because nobody asks any more: taken back, or merged
    hop_count: Mapped[int] = mapped_column(default=0)
    decline_count: Mapped[int] = mapped_column(default=0)
    question_count: Mapped[int] = mapped_column(default=0)
    unanswered_at: Mapped[datetime | None]  # the last question reached its cap without a reply
    # while returned
    triage_clock_id: Mapped[int | None] = mapped_column(ForeignKey("clocks.id"), index=True)
    lock: Mapped[int] = mapped_column(default=0)

    clock: Mapped[Clock] = relationship(foreign_keys=[clock_id])
    triage_clock: Mapped[Clock | None] = relationship(foreign_keys=[triage_clock_id])
    agency: Mapped[Agency] = relationship(foreign_keys=[agency_id])
    official: Mapped[Official | None] = relationship()
    category: Mapped[Category | None] = relationship()
    area: Mapped[Area | None] = relationship()
    extensions: Mapped[list["Extension"]] = relationship(back_populates="assignment", order_by="Extension.id")
    responses: Mapped[list["Response"]] = relationship(back_populates="assignment", order_by="Response.id")


class Response(Model):
    """What the handling side said. `at` is the first timestamp and never changes; edits make versions."""

    __tablename__ = "responses"
    __table_args__ = (Index("ix_responses_assignment_id_id", "assignment_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"))
    kind: Mapped[ResponseKind]
    body: Mapped[str]
    basis: Mapped[RefusalBasis | None]
    outcome: Mapped[str | None]  # one of the owner's outcomes
    official_id: Mapped[int | None] = mapped_column(ForeignKey("officials.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    to_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    to_official_id: Mapped[int | None] = mapped_column(ForeignKey("officials.id"))
    at: Mapped[datetime]
    edited_at: Mapped[datetime | None]

    assignment: Mapped[Assignment] = relationship(back_populates="responses")
    official: Mapped[Official | None] = relationship(foreign_keys=[official_id])
    agency: Mapped[Agency] = relationship(foreign_keys=[agency_id])
    to_agency: Mapped[Agency | None] = relationship(foreign_keys=[to_agency_id])
    to_official: Mapped[Official | None] = relationship(foreign_keys=[to_official_id])
    versions: Mapped[list["ResponseVersion"]] = relationship(order_by="ResponseVersion.id")

    @property
    def is_by_moderator(self) -> bool:
        """Said by somebody with an account and no position; imported ones have neither."""
        return self.official_id is None and self.author_id is not None


class ResponseVersion(Model):
    """A former text of an edited response."""

    __tablename__ = "response_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id"), index=True)
    body: Mapped[str]
    replaced_at: Mapped[datetime]
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Extension(Model):
    """More time for one stage: asked with a reason before the due time, decided by the supervisor.

    One for each stage, whatever the decision; until then the old due time stands.
    """

    __tablename__ = "extensions"
    __table_args__ = (
        UniqueConstraint("assignment_id", "stage"),
        CheckConstraint("days > 0", name="days"),
        CheckConstraint("(is_granted IS NULL) = (decided_at IS NULL)", name="decision_dated"),
        Index("ix_extensions_decided_at", "decided_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"))
    stage: Mapped[Stage]
    days: Mapped[int]  # working days
    reason: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    is_granted: Mapped[bool | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    assignment: Mapped[Assignment] = relationship(back_populates="extensions")
