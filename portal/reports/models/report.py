"""A report: its public row, and apart from it the texts as typed, the person, the photos."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.assignments.models import Assignment
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

if TYPE_CHECKING:
    from portal.reports.models.company import CarriedSuggestion, Message


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


class NumberSeries(Model):
    """The last number given in a year; taken under a row lock, so numbers have no gaps."""

    __tablename__ = "number_series"

    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)
