"""Surveys with what people answered, and the verdict on one answer."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.assignments.models import Assignment
from portal.assignments.rules import Verdict
from portal.db import Model
from portal.ledger import triggers
from portal.organisation.models import Agency, Official
from portal.surveys.rules.doors import Door
from portal.surveys.rules.instruments import Kind


class Rating(Model):
    """The verdict on one closure, of whoever brought the matter: how far it is solved, 1 to 5, and a word.
    Asked once per closure; it moves the matter, and published figures count it. Names nobody.

    Until the next answer it can be changed: the former row stays, without its words and `superseded_at`,
    so that figures as of an earlier day stay what they were.
    """

    __tablename__ = "ratings"
    __table_args__ = (CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"), index=True)
    closure: Mapped[int]  # 1 for the first closure, 2 after a reopening
    verdict: Mapped[Verdict]
    stars: Mapped[int | None]
    comment: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]

    @hybrid_property
    def is_solved(self) -> bool:
        """Solved in part is not solved."""
        return self.verdict == Verdict.SOLVED


class AnswerRating(Model):
    """What one person thinks of one answer: whoever brought the matter of an interim answer, and each
    supporter of any answer. It moves nothing, and is counted apart from the verdicts.

    `user_id` is None for whoever brought the matter: who that is stands elsewhere, or nowhere.
    """

    __tablename__ = "answer_ratings"
    __table_args__ = (
        CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
        UniqueConstraint("response_id", "user_id"),
        Index(
            "uq_answer_ratings_of_the_owner",
            "response_id",
            unique=True,
            sqlite_where=text("user_id IS NULL"),
            postgresql_where=text("user_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    verdict: Mapped[Verdict]
    stars: Mapped[int | None]
    comment: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]

    @hybrid_property
    def is_solved(self) -> bool:
        """As of a verdict."""
        return self.verdict == Verdict.SOLVED


class AgencyService(Model):
    """A service that an agency offers by name; `serves_reporters`: people who report here are its users."""

    __tablename__ = "agency_services"
    __table_args__ = (UniqueConstraint("agency_id", "name_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    name_id: Mapped[str]
    name_en: Mapped[str]
    is_active: Mapped[bool] = mapped_column(default=True)
    serves_reporters: Mapped[bool] = mapped_column(default=False)

    agency: Mapped[Agency] = relationship()


class Survey(Model):
    """One survey: of an agency's named service, or about the thing that `about` names.

    Titles are kept as they were when it was made: renaming a service does not rewrite the past.
    `population` is the number of people served from `served_from` to `served_to`; None where nobody
    counts them (evaluations). Counters are kept by writes; who answered stands in no response.
    """

    __tablename__ = "surveys"
    __table_args__ = (
        CheckConstraint("kind IN ('skm', 'evaluation')", name="kind"),
        CheckConstraint("closes_on >= opens_on", name="open_days"),
        CheckConstraint("served_to >= served_from", name="served_days"),
        CheckConstraint("population > 0", name="population"),
        CheckConstraint("(kind = 'skm') = (service_id IS NOT NULL)", name="service"),
        CheckConstraint("(kind = 'evaluation') = (about IS NOT NULL)", name="about"),
        CheckConstraint("answered_count <= invited_count", name="answered"),
        Index("ix_surveys_published_at_id", "published_at", "id"),
        Index("ix_surveys_agency_id_id", "agency_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kind]
    about: Mapped[str | None] = mapped_column(unique=True)  # "project:<slug>"
    path: Mapped[str | None]  # of the page that it is about
    service_id: Mapped[int | None] = mapped_column(ForeignKey("agency_services.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    official_id: Mapped[int] = mapped_column(ForeignKey("officials.id"))  # answers for "what we changed"
    title_id: Mapped[str]
    title_en: Mapped[str]
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    served_from: Mapped[date | None]
    served_to: Mapped[date | None]
    population: Mapped[int | None]
    extra_questions: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    asks_facts: Mapped[bool] = mapped_column(default=True)
    has_open_door: Mapped[bool] = mapped_column(default=True)
    invites_reporters: Mapped[bool] = mapped_column(default=False)
    invited_count: Mapped[int] = mapped_column(default=0)
    answered_count: Mapped[int] = mapped_column(default=0)  # of the invited
    door_count: Mapped[int] = mapped_column(default=0)  # answers through the open door
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    closed_at: Mapped[datetime | None]  # closed early
    close_reason: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime | None]
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignments.id"), unique=True)

    agency: Mapped[Agency] = relationship()
    official: Mapped[Official] = relationship()
    service: Mapped[AgencyService | None] = relationship()
    assignment: Mapped[Assignment | None] = relationship()
    result: Mapped["SurveyResult | None"] = relationship(back_populates="survey")

    @property
    def number(self) -> str:
        return f"S-{self.id}"

    @property
    def subject(self) -> str:
        """Its name in the public record."""
        return f"survey:{self.number}"


class SurveyInvitation(Model):
    """Somebody was invited. Says whether they answered, so that they are reminded once; not what, not when.

    Their address is erased when the result is published; `recipient_digest` keeps them from a second
    letter until then.
    """

    __tablename__ = "survey_invitations"
    __table_args__ = (
        UniqueConstraint("survey_id", "recipient_digest"),
        Index("ix_survey_invitations_reminder", "survey_id", "is_answered", "reminded_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    recipient_digest: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    address: Mapped[str | None]
    language: Mapped[str]
    sent_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    is_answered: Mapped[bool] = mapped_column(default=False)

    survey: Mapped[Survey] = relationship()


class SurveyResponse(Model):
    """What one person answered: kept without person, time or order, so that nobody can be told from it.

    The key is drawn from the form's own token: the same form sent twice is one response. `answers` are
    scores by the code of their question, never by its position; `facts` what the person told of themselves.
    """

    __tablename__ = "survey_responses"
    __table_args__ = {"sqlite_with_rowid": False}  # a rowid would keep the order after all

    id: Mapped[str] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"), index=True)
    door: Mapped[Door]
    answers: Mapped[dict[str, Any]]
    facts: Mapped[dict[str, Any]]


class SurveyRemark(Model):
    """An open answer, apart from the scores of whoever wrote it; shown once a moderator released it."""

    __tablename__ = "survey_remarks"
    __table_args__ = (
        Index("ix_survey_remarks_survey_id_is_released_id", "survey_id", "is_released", "id"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    question_code: Mapped[str]
    text: Mapped[str]
    is_released: Mapped[bool | None]  # None: nobody has read it yet
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class SurveyResult(Model):
    """The published result; the database refuses to change or delete it."""

    __tablename__ = "survey_results"

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"), unique=True)
    document: Mapped[dict[str, Any]]
    published_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    survey: Mapped[Survey] = relationship(back_populates="result")


triggers.protect(Model.metadata.tables[SurveyResult.__tablename__])
