"""What residents bring.

The public row (`reports`) holds nothing that the public may not see: original texts lie in
`report_contents` and identities in `reporters`, which public queries never join.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.assignments.models import Assignment, Response
from portal.assignments.rules import RefusalBasis
from portal.attachments.models import Attachment
from portal.categories.models import Category
from portal.categories.questions.models import CategoryQuestion
from portal.db import Model
from portal.deadlines.models import Clock
from portal.organisation.models import Agency, Official
from portal.places.models import Area
from portal.places.rules import district_of
from portal.reports.identity.models import SealedIdentity
from portal.reports.rules import Channel, Ending, ReportKind, ReportState


def _district(context: Any) -> str | None:
    return district_of(context.get_current_parameters().get("area_code"))


class Report(Model):
    """A report as the public may see it. `title`, `body`, `place` are empty until verified, and stay
    empty when confidential; personal data in them is masked."""

    __tablename__ = "reports"
    __table_args__ = (
        CheckConstraint("(ending IS NULL) = (ended_at IS NULL)", name="ending_dated"),
        UniqueConstraint("source", "source_id"),
        Index("ix_reports_received_at_id", "received_at", "id"),
        # Lists show the newest first, whatever they are filtered by.
        Index("ix_reports_category_code", "category_code", "received_at", "id"),
        Index("ix_reports_area_code", "area_code", "received_at", "id"),
        Index("ix_reports_district_code", "district_code", "received_at", "id"),
        Index("ix_reports_state", "state", "received_at", "id"),
        Index("ix_reports_agency_id", "agency_id", "received_at", "id"),
        Index("ix_reports_first_response_at", "first_response_at"),
        Index("ix_reports_merged_into_id", "merged_into_id"),
        Index("ix_reports_split_from_id", "split_from_id"),
        Index("ix_reports_lat_lon", "lat", "lon"),  # what lies near, whatever its words
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[ReportKind]
    is_supervisory: Mapped[bool] = mapped_column(default=False)
    is_formal: Mapped[bool] = mapped_column(default=False, server_default=false())  # under UU 14/2008
    is_anonymous: Mapped[bool] = mapped_column(default=False)
    is_confidential: Mapped[bool] = mapped_column(default=False)
    state: Mapped[ReportState] = mapped_column(default=ReportState.SUBMITTED)
    ending: Mapped[Ending | None]
    category_code: Mapped[str] = mapped_column(ForeignKey("categories.code"))
    area_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"))
    district_code: Mapped[str | None] = mapped_column(default=_district)
    title: Mapped[str] = mapped_column(default="")
    reporter_name: Mapped[str] = mapped_column(default="")  # only of those who agreed to be named
    body: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    # What was asked beside the story and what everybody may read of the answers; see answers.py.
    public_answers: Mapped[list[dict[str, str]] | None] = mapped_column(JSON(none_as_null=True))
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    received_at: Mapped[datetime]
    verified_at: Mapped[datetime | None]
    first_response_at: Mapped[datetime | None]  # first answer or refusal with basis
    first_closed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]  # the last closure that still stands
    reopened_at: Mapped[datetime | None]
    reopen_count: Mapped[int] = mapped_column(default=0)
    overturn_count: Mapped[int] = mapped_column(default=0, server_default="0")  # of them, by moderators
    disputed_at: Mapped[datetime | None]  # a second time "not solved": moderators decide
    ended_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"))
    split_from_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    official_id: Mapped[int | None] = mapped_column(ForeignKey("officials.id"))
    concerned_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    verify_clock_id: Mapped[int | None] = mapped_column(ForeignKey("clocks.id"), unique=True)
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignments.id"), unique=True)
    hidden_at: Mapped[datetime | None]  # by moderators: its public texts wait in `content.withheld`
    supporter_count: Mapped[int] = mapped_column(default=0)
    channel: Mapped[Channel] = mapped_column(default=Channel.WEB, server_default=Channel.WEB)
    source: Mapped[str] = mapped_column(default="web")
    source_id: Mapped[str | None]
    # Why figures of answer times or of closing times leave an imported matter out.
    response_exclusion: Mapped[str | None]
    resolution_exclusion: Mapped[str | None]
    form_token: Mapped[str | None] = mapped_column(unique=True)
    # Grows with each change by a moderator, so that two of them notice each other.
    lock: Mapped[int] = mapped_column(default=0, server_default="0")

    category: Mapped[Category] = relationship()
    area: Mapped[Area | None] = relationship()
    agency: Mapped[Agency | None] = relationship(foreign_keys=[agency_id])
    official: Mapped[Official | None] = relationship()
    verify_clock: Mapped[Clock | None] = relationship()
    assignment: Mapped[Assignment | None] = relationship()
    merged_into: Mapped["Report | None"] = relationship(
        primaryjoin="Report.merged_into_id == remote(Report.id)", viewonly=True
    )
    content: Mapped["ReportContent"] = relationship(back_populates="report", uselist=False)
    reporter: Mapped["Reporter"] = relationship(back_populates="report", uselist=False)
    photos: Mapped[list["ReportPhoto"]] = relationship(order_by="ReportPhoto.position")
    messages: Mapped[list["Message"]] = relationship(order_by="Message.id", viewonly=True)
    carried: Mapped["CarriedSuggestion | None"] = relationship(back_populates="report", uselist=False)


class ReportContent(Model):
    """The texts as typed, for those who handle the matter."""

    __tablename__ = "report_contents"

    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), primary_key=True)
    title: Mapped[str]
    body: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    # The area that holds the point by the boundaries; the reporter may have named another one.
    found_area_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"))
    salt: Mapped[str] = mapped_column(default="")  # of the digest that stands in the public record
    withheld: Mapped[dict[str, Any] | None]  # the public columns of a hidden report

    report: Mapped[Report] = relationship(back_populates="content")
    answers: Mapped[list["ReportAnswer"]] = relationship(order_by="ReportAnswer.position")
    found_area: Mapped[Area | None] = relationship()


class ReportAnswer(Model):
    """An answer to a question of the kind or the category, with the question as it was asked: both stay as
    they were, whatever becomes of the question. `code` names the question ("q12", or one of the kind's own);
    `given` is the bare value, `answer_id` and `answer_en` are its words. For those who handle the matter."""

    __tablename__ = "report_answers"
    __table_args__ = (UniqueConstraint("report_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report_contents.report_id"))
    question_id: Mapped[int | None] = mapped_column(ForeignKey("category_questions.id"), index=True)
    code: Mapped[str]
    position: Mapped[int]
    label_id: Mapped[str]
    label_en: Mapped[str]
    given: Mapped[str]
    answer_id: Mapped[str]
    answer_en: Mapped[str]

    question: Mapped[CategoryQuestion | None] = relationship()


class CarriedSuggestion(Model):
    """A suggestion that gathered enough supporters: the head of its agency owes an answer of their own.
    One row for each report, so that it is owed once; whoever takes support back changes nothing here."""

    __tablename__ = "carried_suggestions"
    __table_args__ = (CheckConstraint("(response_id IS NULL) = (answered_at IS NULL)", name="answer_dated"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), primary_key=True)
    at: Mapped[datetime]
    supporter_count: Mapped[int]  # of that moment
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignments.id"), unique=True)
    response_id: Mapped[int | None] = mapped_column(ForeignKey("responses.id"), unique=True)
    answered_at: Mapped[datetime | None]

    report: Mapped[Report] = relationship(back_populates="carried")
    assignment: Mapped[Assignment | None] = relationship()
    response: Mapped[Response | None] = relationship()


class Reporter(Model):
    """Who brought it. Of the tracking code and its words only digests are kept; of an anonymous report
    everything about the person is empty here, and an account lies in `sealed`."""

    __tablename__ = "reporters"

    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    name: Mapped[str] = mapped_column(default="")
    email: Mapped[str | None] = mapped_column(index=True)
    phone: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="id")
    tracking_digest: Mapped[str | None] = mapped_column(unique=True)
    # Of those without an account; until their words came in, the code opened a report with its number.
    passphrase_hash: Mapped[str | None]
    is_receipt_closed: Mapped[bool] = mapped_column(default=False, server_default=false())

    report: Mapped[Report] = relationship(back_populates="reporter")
    user: Mapped[User | None] = relationship()
    sealed: Mapped[SealedIdentity | None] = relationship(lazy="joined")


class ReportPhoto(Model):
    """A photo as it was handed in. While `held_at` is set the public sees `masked`, or nothing at all, and
    the photo itself has an address that nobody outside was ever told.

    `caption` and `alt` are the reporter's own words, for those who handle it. The public ones are masked,
    filled when the report is published, and empty for confidential reports.
    """

    __tablename__ = "report_photos"
    __table_args__ = (UniqueConstraint("report_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachments.id"), unique=True)
    position: Mapped[int]
    held_at: Mapped[datetime | None]
    masked_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))
    caption: Mapped[str] = mapped_column(default="", server_default="")
    alt: Mapped[str] = mapped_column(default="", server_default="")  # what is to be seen, for who cannot
    public_caption: Mapped[str] = mapped_column(default="", server_default="")
    public_alt: Mapped[str] = mapped_column(default="", server_default="")

    attachment: Mapped[Attachment] = relationship(foreign_keys=[attachment_id])
    masked: Mapped[Attachment | None] = relationship(foreign_keys=[masked_id])


class PublicWording(Model):
    """A public text of a report as it stood from `at` on. `author_id` is None where it was the resident's
    own, masked by itself. The original stands in `report_contents` and never changes."""

    __tablename__ = "public_wordings"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    title: Mapped[str]
    body: Mapped[str]
    place: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]

    author: Mapped[User | None] = relationship()


class ReportMerge(Model):
    """A report that goes on in an earlier one, until it is undone."""

    __tablename__ = "report_merges"
    __table_args__ = (CheckConstraint("report_id <> into_id", name="two_reports"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    into_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    adds_reporter: Mapped[bool]  # its reporter has no account, and is counted all the same
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Message(Model):
    """What the resident said later: an answer to a question, or why the matter is not solved.

    `public_body` is the masked text, empty for confidential reports.
    """

    __tablename__ = "report_messages"
    __table_args__ = (Index("ix_report_messages_report_id_id", "report_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    body: Mapped[str]
    public_body: Mapped[str]
    at: Mapped[datetime]


class ModeratorQuestion(Model):
    """What a moderator asked before verification."""

    __tablename__ = "moderator_questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    body: Mapped[str]
    at: Mapped[datetime]


class EarlyRefusal(Model):
    """A moderator's refusal before verification; its words to the reporter stand in `question`."""

    __tablename__ = "early_refusals"
    __table_args__ = (
        CheckConstraint(
            "(overturned_at IS NULL) = (overturned_by_id IS NULL)", name="overturned_by_somebody"
        ),
        Index("ix_early_refusals_at_id", "at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("moderator_questions.id"), unique=True)
    basis: Mapped[RefusalBasis]
    outside_body_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    duplicate_of: Mapped[str | None]
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    overturned_at: Mapped[datetime | None]
    overturned_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    overturn_reason: Mapped[str] = mapped_column(default="")

    report: Mapped[Report] = relationship()
    question: Mapped[ModeratorQuestion] = relationship()
    outside_body: Mapped[Agency | None] = relationship()


class Supporter(Model):
    """Somebody who follows a report and is told of each step; counted when they have the same matter."""

    __tablename__ = "supporters"
    __table_args__ = (UniqueConstraint("report_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    is_affected: Mapped[bool] = mapped_column(default=True)
    at: Mapped[datetime]
    # Came along with a report that was merged into this one.
    merge_id: Mapped[int | None] = mapped_column(ForeignKey("report_merges.id"), index=True)


class ReportFollowerByMail(Model):
    """Somebody without an account who is told of each step of a public report: once they confirmed it.

    The only place that holds the address. The row goes with its reader's word, or a while after the
    report's end; one that nobody confirmed goes after two days. `key` is drawn at random and stands,
    signed, in the links of its letters.
    """

    __tablename__ = "report_followers_by_mail"
    __table_args__ = (UniqueConstraint("report_id", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    address: Mapped[str]
    language: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]

    report: Mapped[Report] = relationship()


class ReportDraft(Model):
    """A report being written. `data` holds the answers so far (see filing/rules.py).

    The token stands in the writer's address only; kept is its digest. A draft that belongs to an account
    is found from there: it keeps its token sealed too. Sending or expiry removes the row.
    """

    __tablename__ = "report_drafts"
    __table_args__ = (
        CheckConstraint("owner_id IS NOT NULL OR sealed_token IS NULL", name="sealed_for_its_owner"),
        Index("ix_report_drafts_owner_id", "owner_id", "changed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    sealed_token: Mapped[str | None]
    data: Mapped[dict[str, Any]]
    # By step: what was typed and not yet sent on, and how often it was (see filing/keeping.py).
    pages: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class NumberSeries(Model):
    """The last number given in a year; taken under a row lock, so numbers have no gaps."""

    __tablename__ = "number_series"

    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)
