"""One official's duty to respond to one matter, and what was responded."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.assignments.rules import AssignmentState, RefusalBasis, ResponseKind
from portal.attachments.models import Attachment
from portal.canned.models import CannedAnswerVersion
from portal.categories.models import Category
from portal.db import Model
from portal.deadlines.models import Clock
from portal.deadlines.rules.stages import Stage
from portal.organisation.models import Absence, Agency, Official
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
        Index("ix_assignments_state_react_by", "state", "react_by"),
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
    react_by: Mapped[datetime | None]  # after it, an answer that nobody reacted to is closed by silence
    disputed_at: Mapped[datetime | None]  # a second time "not solved": moderators decide
    ended_at: Mapped[datetime | None]  # for good
    withdrawn_at: Mapped[datetime | None]  # ended because nobody asks any more: taken back, or merged
    silent_at: Mapped[datetime | None]  # ended because nobody reacted to the answer
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
    passes: Mapped[list["Response"]] = relationship(
        primaryjoin="and_(Response.assignment_id == Assignment.id, Response.kind == 'transfer')",
        order_by="Response.id",
        viewonly=True,
    )
    unsent_photos: Mapped[list["ResponsePhoto"]] = relationship(
        primaryjoin="and_(ResponsePhoto.assignment_id == Assignment.id, ResponsePhoto.response_id.is_(None))",
        order_by="ResponsePhoto.id",
        viewonly=True,
    )
    drafts: Mapped[list["Draft"]] = relationship(back_populates="assignment", order_by="Draft.id")
    pending: Mapped["PendingAnswer | None"] = relationship(
        primaryjoin="and_(PendingAnswer.assignment_id == Assignment.id, PendingAnswer.settled_at.is_(None))",
        viewonly=True,
    )


class Response(Model):
    """What the handling side said. `at` is the first timestamp and never changes; edits make versions."""

    __tablename__ = "responses"
    __table_args__ = (
        Index("ix_responses_assignment_id_id", "assignment_id", "id"),
        Index("ix_responses_kind_at_id", "kind", "at", "id"),
        # Who is asked for help, and who helped: read with every list of duties.
        Index("ix_responses_kind_to_official_id", "kind", "to_official_id", "settled_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"))
    kind: Mapped[ResponseKind]
    body: Mapped[str]
    basis: Mapped[RefusalBasis | None]
    outside_body_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))  # who is competent
    duplicate_of: Mapped[str | None]  # number of the public matter that is the same
    overturned_at: Mapped[datetime | None]  # by moderators: the refusal no longer stands
    overturned_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    overturn_reason: Mapped[str] = mapped_column(default="", server_default="")
    outcome: Mapped[str | None]  # one of the owner's outcomes
    official_id: Mapped[int | None] = mapped_column(ForeignKey("officials.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    to_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    to_official_id: Mapped[int | None] = mapped_column(ForeignKey("officials.id"))
    at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    asked_id: Mapped[int | None] = mapped_column(ForeignKey("responses.id"))  # what a contribution answers
    settled_at: Mapped[datetime | None]  # of a request for help: answered, declined or taken back
    # The canned answer, as it read, that these words began with.
    canned_version_id: Mapped[int | None] = mapped_column(ForeignKey("canned_answer_versions.id"))

    assignment: Mapped[Assignment] = relationship(back_populates="responses")
    official: Mapped[Official | None] = relationship(foreign_keys=[official_id])
    agency: Mapped[Agency] = relationship(foreign_keys=[agency_id])
    to_agency: Mapped[Agency | None] = relationship(foreign_keys=[to_agency_id])
    to_official: Mapped[Official | None] = relationship(foreign_keys=[to_official_id])
    outside_body: Mapped[Agency | None] = relationship(foreign_keys=[outside_body_id])
    canned_version: Mapped[CannedAnswerVersion | None] = relationship()
    versions: Mapped[list["ResponseVersion"]] = relationship(order_by="ResponseVersion.id")
    photos: Mapped[list["ResponsePhoto"]] = relationship(
        back_populates="response", order_by="ResponsePhoto.id"
    )

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


class Draft(Model):
    """What a person is writing about a duty and has not sent: one for each, gone when it is sent.

    `act` and `fields` are what the answer box held; `seen_lock` is the version of the duty that its writer
    saw. It says nothing to anybody and stops no clock.
    """

    __tablename__ = "drafts"
    __table_args__ = (
        UniqueConstraint("assignment_id", "author_id"),
        Index("ix_drafts_saved_at", "saved_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    act: Mapped[str]
    fields: Mapped[dict[str, Any]] = mapped_column(default=dict)
    saved_at: Mapped[datetime]
    seen_lock: Mapped[int]

    assignment: Mapped[Assignment] = relationship(back_populates="drafts")
    author: Mapped[User] = relationship()


class ResponsePhoto(Model):
    """Evidence of what was done. The original lies unchanged under its digest and is never public; shown is
    `attachment`, drawn anew. Until the answer is sent it hangs on its writer, without a response.

    `captured` is what the camera wrote (ISO 8601, with an offset only where it knew one): told, not trusted.
    The resident's dispute and the official's reply stand beside it.
    """

    __tablename__ = "response_photos"
    __table_args__ = (
        CheckConstraint("(disputed_at IS NULL) = (dispute IS NULL)", name="dispute_dated"),
        CheckConstraint("(replied_at IS NULL) = (reply IS NULL)", name="reply_dated"),
        CheckConstraint("reply IS NULL OR dispute IS NOT NULL", name="reply_to_dispute"),
        Index("ix_response_photos_assignment_id_response_id", "assignment_id", "response_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"))
    response_id: Mapped[int | None] = mapped_column(ForeignKey("responses.id"), index=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachments.id"), unique=True)
    original_sha256: Mapped[str] = mapped_column(index=True)
    original_type: Mapped[str]  # the media type of the original
    alt: Mapped[str] = mapped_column(default="")
    captured: Mapped[str | None]
    added_at: Mapped[datetime]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    disputed_at: Mapped[datetime | None]
    dispute: Mapped[str | None]  # why, in the resident's words: for the handlers
    replied_at: Mapped[datetime | None]
    reply: Mapped[str | None]  # the official's words to the dispute, for everybody

    response: Mapped[Response | None] = relationship(back_populates="photos")
    attachment: Mapped[Attachment] = relationship()


class PendingAnswer(Model):
    """An answer or refusal that waits for the supervisor's approval: one at a time for each duty.

    `details` holds what `services.respond` takes beside kind and words; `lock` is the version of the duty
    that its writer saw. Settled: approved (then `response_id` leads to it), sent back with words, or void.
    """

    __tablename__ = "pending_answers"
    __table_args__ = (
        CheckConstraint("response_id IS NULL OR settled_at IS NOT NULL", name="approved_settled"),
        Index(
            "ix_pending_answers_open",
            "assignment_id",
            unique=True,
            sqlite_where=text("settled_at IS NULL"),
            postgresql_where=text("settled_at IS NULL"),
        ),
        Index("ix_pending_answers_assignment_id_id", "assignment_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"))
    kind: Mapped[ResponseKind]
    body: Mapped[str]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    lock: Mapped[int]
    submitted_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    response_id: Mapped[int | None] = mapped_column(ForeignKey("responses.id"), unique=True)
    words: Mapped[str | None]  # why it was sent back

    assignment: Mapped[Assignment] = relationship()
    author: Mapped[User] = relationship(foreign_keys=[author_id])


class Correction(Model):
    """A running duty is of another category or area than it was filed under. Made at once, or asked of the
    moderators where a protected category is left or entered."""

    __tablename__ = "corrections"
    __table_args__ = (
        CheckConstraint("(is_made IS NULL) = (decided_at IS NULL)", name="decision_dated"),
        Index("ix_corrections_assignment_id_id", "assignment_id", "id"),
        Index("ix_corrections_decided_at", "decided_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"))
    former_category_code: Mapped[str | None] = mapped_column(ForeignKey("categories.code"))
    former_area_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"))
    category_code: Mapped[str] = mapped_column(ForeignKey("categories.code"))
    area_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"))
    reason: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    is_made: Mapped[bool | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    assignment: Mapped[Assignment] = relationship()
    former_category: Mapped[Category | None] = relationship(foreign_keys=[former_category_code])
    category: Mapped[Category] = relationship(foreign_keys=[category_code])


class LeaveHandover(Model):
    """A running duty that met its holder's leave: it went to whoever stands in, or stayed.

    Written once for each duty and leave, so that a job that begins again hands nothing over twice. From
    `settled_at` on it is history: the duty came back, or was not there any more to come back.
    """

    __tablename__ = "leave_handovers"
    __table_args__ = (
        UniqueConstraint("absence_id", "assignment_id"),
        Index("ix_leave_handovers_settled_at", "settled_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    absence_id: Mapped[int] = mapped_column(ForeignKey("absences.id"))
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"), index=True)
    to_official_id: Mapped[int | None] = mapped_column(ForeignKey("officials.id"))  # None: it stayed
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]

    absence: Mapped[Absence] = relationship()
    assignment: Mapped[Assignment] = relationship()


class DutyFeedback(Model):
    """What somebody above an official said about one duty, and the answer: for these two alone."""

    __tablename__ = "duty_feedback"
    __table_args__ = (
        CheckConstraint("reply = '' OR acknowledged_at IS NOT NULL", name="reply_acknowledged"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"), index=True)
    official_id: Mapped[int] = mapped_column(ForeignKey("officials.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    body: Mapped[str]
    at: Mapped[datetime]
    acknowledged_at: Mapped[datetime | None]
    reply: Mapped[str] = mapped_column(default="")

    assignment: Mapped[Assignment] = relationship()
    official: Mapped[Official] = relationship()
    author: Mapped[User] = relationship()
