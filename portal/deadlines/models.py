"""Calendars and policies in versions, clocks with their append-only ledger, and copies of due times."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Model
from portal.deadlines.rules.ledger import EntryKind
from portal.deadlines.rules.stages import Stage
from portal.ledger import triggers


class Calendar(Model):
    """A named calendar of office days, e.g. `five_day`; one of them is the city's own."""

    __tablename__ = "calendars"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    is_city: Mapped[bool] = mapped_column(default=False)

    versions: Mapped[list["CalendarVersion"]] = relationship(
        back_populates="calendar", order_by="CalendarVersion.number"
    )


class CalendarVersion(Model):
    """What the calendar said from one decree to the next. Never changed: a new decree is a new version."""

    __tablename__ = "calendar_versions"
    __table_args__ = (UniqueConstraint("calendar_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendars.id"))
    number: Mapped[int]
    document: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    digest: Mapped[str]  # sha256 of the document, so that a compiled calendar can be kept in memory
    decree: Mapped[str] = mapped_column(default="")
    decree_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    imported_at: Mapped[datetime]

    calendar: Mapped[Calendar] = relationship(back_populates="versions")


class PolicyVersion(Model):
    """All limits of the city, for what begins from a day on. Never changed.

    `valid_from` is that day, None for what was always valid: the policy that the portal began with.
    """

    __tablename__ = "policy_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    document: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    digest: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    imported_at: Mapped[datetime]
    valid_from: Mapped[date | None]


class PolicyApplication(Model):
    """An administrator let open matters follow a policy that they did not begin with, for a reason."""

    __tablename__ = "policy_applications"
    __table_args__ = (CheckConstraint("reason <> ''", name="reason"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_version_id: Mapped[int] = mapped_column(ForeignKey("policy_versions.id"), index=True)
    reason: Mapped[str]
    at: Mapped[datetime]

    version: Mapped[PolicyVersion] = relationship()


class ClockCheck(Model):
    """One comparison of every stored copy with what its ledger says; the last ones are kept."""

    __tablename__ = "clock_checks"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    clock_count: Mapped[int]
    difference_count: Mapped[int]
    differences: Mapped[list[str]] = mapped_column(JSON)  # the first ones, as the command prints them


class Clock(Model):
    """A running duty. Everything but `id` and `matter` is a copy of what its ledger says."""

    __tablename__ = "clocks"
    __table_args__ = (
        Index("ix_clocks_city_calendar_version_id", "city_calendar_version_id"),
        Index("ix_clocks_agency_calendar_version_id", "agency_calendar_version_id"),
        Index("ix_clocks_policy_version_id", "policy_version_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    matter: Mapped[str]
    category: Mapped[str | None]
    policy_version_id: Mapped[int | None] = mapped_column(ForeignKey("policy_versions.id"))
    city_calendar_version_id: Mapped[int | None] = mapped_column(ForeignKey("calendar_versions.id"))
    agency_calendar_version_id: Mapped[int | None] = mapped_column(ForeignKey("calendar_versions.id"))
    is_imported: Mapped[bool] = mapped_column(default=False)
    paused_at: Mapped[datetime | None]
    pause_ends_at: Mapped[datetime | None] = mapped_column(index=True)  # by itself, at the cap
    closed_at: Mapped[datetime | None]

    entries: Mapped[list["ClockEntry"]] = relationship(order_by="ClockEntry.seq")
    stages: Mapped[list["StageDeadline"]] = relationship(back_populates="clock", order_by="StageDeadline.id")


class ClockEntry(Model):
    """One line of a clock's ledger; the database refuses to change or delete it."""

    __tablename__ = "clock_entries"
    __table_args__ = (UniqueConstraint("clock_id", "seq"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    clock_id: Mapped[int] = mapped_column(ForeignKey("clocks.id"))
    seq: Mapped[int]
    kind: Mapped[EntryKind]
    at: Mapped[datetime]
    stage: Mapped[Stage | None]
    data: Mapped[dict[str, Any]]


class StageDeadline(Model):
    """A stored copy of what the ledger says about one stage, for lists, jobs and figures.

    A stage has one row, until a transfer or a reopening begins it anew after it had already become
    late: that lateness keeps its row and the new beginning gets the next `round`. Open rows have
    neither `met_at` nor `ended_at`. `agency_id` and `official_id` hold it, or held it last;
    `accountable_agency_id` held it when it was met or fell due, whichever came first.
    """

    __tablename__ = "stage_deadlines"
    __table_args__ = (
        UniqueConstraint("clock_id", "stage", "round"),
        Index("ix_stage_deadlines_official_id_is_open_due_at", "official_id", "is_open", "due_at"),
        Index("ix_stage_deadlines_agency_id_is_open_due_at", "agency_id", "is_open", "due_at"),
        Index("ix_stage_deadlines_due_at", "due_at"),
        Index("ix_stage_deadlines_next_step_at", "next_step_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    clock_id: Mapped[int] = mapped_column(ForeignKey("clocks.id"))
    stage: Mapped[Stage]
    round: Mapped[int] = mapped_column(default=1)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    official_id: Mapped[int | None] = mapped_column(ForeignKey("officials.id"))
    accountable_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    origin_at: Mapped[datetime]
    due_at: Mapped[datetime | None]  # None: paused, or the calendar does not reach that far
    original_due_at: Mapped[datetime | None]  # without extensions
    met_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]  # by closing, transfer or reopening, without being met
    is_open: Mapped[bool] = mapped_column(default=True)
    is_paused: Mapped[bool] = mapped_column(default=False)
    step_count: Mapped[int] = mapped_column(default=0)  # rungs of the escalation ladder behind it
    next_step_at: Mapped[datetime | None]

    clock: Mapped[Clock] = relationship(back_populates="stages")


for _model in (ClockEntry, CalendarVersion, PolicyVersion, PolicyApplication):
    triggers.protect(Model.metadata.tables[_model.__tablename__])
