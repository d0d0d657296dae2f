"""Agencies and the officials who answer for them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Model
from portal.organisation.rules import ChannelKind, LeaveKind, LeaveState, Rank


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
    # Its supervisors read what ends a matter before it is published.
    needs_approval: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Its officials may take down what somebody says at the counter or on the phone.
    records_for_others: Mapped[bool] = mapped_column(default=True, server_default=true())
    # Of outside bodies alone: what they answer for in residents' words, and when their channels were
    # last found right.
    covers: Mapped[str] = mapped_column(default="", server_default="")
    channels_checked_on: Mapped[date | None]
    # Of the government of a region next to the city: the region's name, for who stands beyond the border.
    neighbouring_region: Mapped[str] = mapped_column(default="", server_default="")

    successor: Mapped["Agency | None"] = relationship(remote_side="Agency.id")
    channels: Mapped[list["AgencyChannel"]] = relationship(
        order_by="AgencyChannel.position, AgencyChannel.id", cascade="all, delete-orphan"
    )
    category_rows: Mapped[list["AgencyCategory"]] = relationship(
        order_by="AgencyCategory.category_code", cascade="all, delete-orphan"
    )


class AgencyChannel(Model):
    """One way to reach an outside body: `value` is the number, address or place, `hours` says when."""

    __tablename__ = "agency_channels"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id", ondelete="CASCADE"), index=True)
    kind: Mapped[ChannelKind]
    value: Mapped[str]
    hours: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class AgencyCategory(Model):
    """A category whose matters belong to an outside body: residents are told so before they file."""

    __tablename__ = "agency_categories"
    __table_args__ = (UniqueConstraint("agency_id", "category_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id", ondelete="CASCADE"))
    category_code: Mapped[str] = mapped_column(ForeignKey("categories.code"), index=True)


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
    """Leave: days on which an official is away and a substitute stands in, both ends included.

    Only an approved one counts. `note` tells the substitute what to know, `decision_note` is what the
    supervisor said. Leave that ended early keeps its days until then and `cancelled_at`.
    """

    __tablename__ = "absences"
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="order"),
        Index("ix_absences_span", "official_id", "from_on", "to_on"),
        Index("ix_absences_state_to_on", "state", "to_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    official_id: Mapped[int] = mapped_column(ForeignKey("officials.id"))
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("officials.id"))
    kind: Mapped[LeaveKind] = mapped_column(default=LeaveKind.OTHER, server_default=LeaveKind.OTHER)
    state: Mapped[LeaveState] = mapped_column(default=LeaveState.APPROVED, server_default=LeaveState.APPROVED)
    from_on: Mapped[date]
    to_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="", server_default="")
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decision_note: Mapped[str] = mapped_column(default="", server_default="")
    cancelled_at: Mapped[datetime | None]

    official: Mapped[Official] = relationship(foreign_keys=[official_id])
    substitute: Mapped[Official | None] = relationship(foreign_keys=[substitute_id])


class StandingSubstitute(Model):
    """Who stands in for an official by default, in the order of `position`."""

    __tablename__ = "standing_substitutes"
    __table_args__ = (
        UniqueConstraint("official_id", "substitute_id"),
        CheckConstraint("official_id <> substitute_id", name="another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    official_id: Mapped[int] = mapped_column(ForeignKey("officials.id"))
    substitute_id: Mapped[int] = mapped_column(ForeignKey("officials.id"))
    position: Mapped[int]

    substitute: Mapped[Official] = relationship(foreign_keys=[substitute_id])
