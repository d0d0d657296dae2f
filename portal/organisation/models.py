"""Agencies and the officials who answer for them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Model
from portal.organisation.rules import Rank


class Agency(Model):
    """An agency (OPD), valid between two dates; `is_external` marks a body outside the city government."""

    __tablename__ = "agencies"
    __table_args__ = (CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    calendar_key: Mapped[str] = mapped_column(default="five_day")
    is_external: Mapped[bool] = mapped_column(default=False)
    contact: Mapped[str] = mapped_column(default="")

    successor: Mapped["Agency | None"] = relationship(remote_side="Agency.id")


class Official(Model):
    """A civil servant in a position. `user_id` links the account once the invitation is accepted."""

    __tablename__ = "officials"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), unique=True)
    employee_number: Mapped[str | None] = mapped_column(unique=True)  # NIP
    name: Mapped[str]
    email: Mapped[str | None]
    position: Mapped[str]
    rank: Mapped[Rank] = mapped_column(default=Rank.OFFICIAL)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    supervisor_id: Mapped[int | None] = mapped_column(ForeignKey("officials.id"), index=True)
    active_from: Mapped[date]
    active_to: Mapped[date | None]
    open_count: Mapped[int] = mapped_column(default=0)  # open assignments, kept by writes

    agency: Mapped[Agency] = relationship()
    supervisor: Mapped["Official | None"] = relationship(remote_side="Official.id")
    area_rows: Mapped[list["OfficialArea"]] = relationship(cascade="all, delete-orphan")


class OfficialArea(Model):
    """An area that an official looks after; none at all means the whole city."""

    __tablename__ = "official_areas"
    __table_args__ = (UniqueConstraint("official_id", "area_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    official_id: Mapped[int] = mapped_column(ForeignKey("officials.id", ondelete="CASCADE"))
    area_code: Mapped[str] = mapped_column(ForeignKey("areas.code"))


class Absence(Model):
    """Days on which an official is away and a substitute stands in, both ends included."""

    __tablename__ = "absences"
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="order"),
        Index("ix_absences_span", "official_id", "from_on", "to_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    official_id: Mapped[int] = mapped_column(ForeignKey("officials.id"))
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("officials.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]
    created_at: Mapped[datetime]
