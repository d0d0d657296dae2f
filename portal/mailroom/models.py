"""Mail that came in, and the daily summaries that went out."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Model
from portal.mailroom.rules.states import MailState


class InboundMail(Model):
    """A message as it came, put aside before anything is done with it; `key` makes a repeated delivery one.

    `raw`, `sender` and `subject` go some time after it was handled. `reason` says in a code why it was not
    taken, `became` names what it became ("message:12", "post:P-99"). `answered_at` is when its sender was
    told that it was not.
    """

    __tablename__ = "inbound_mails"
    __table_args__ = (
        Index("ix_inbound_mails_state_id", "state", "id"),
        Index("ix_inbound_mails_answered_at", "answered_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    # Came to the intake address: nothing about its sender is kept but a digest, for a day.
    is_intake: Mapped[bool] = mapped_column(default=False, server_default=false())
    sender_digest: Mapped[str | None] = mapped_column(index=True)
    raw: Mapped[bytes | None]
    recipient: Mapped[str]  # the address of ours that it came to
    sender: Mapped[str]
    subject: Mapped[str]
    state: Mapped[MailState] = mapped_column(default=MailState.WAITING)
    reason: Mapped[str] = mapped_column(default="")
    notification_id: Mapped[int | None] = mapped_column(ForeignKey("notifications.id"))
    became: Mapped[str | None]
    received_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]


class IntakeSalt(Model):
    """What a day's digests of senders are made with. It goes after the day, and they say nothing then."""

    __tablename__ = "intake_salts"

    day: Mapped[date] = mapped_column(primary_key=True)
    salt: Mapped[str]


class DailySummary(Model):
    """The morning of a person is done: written, or nothing was owed."""

    __tablename__ = "daily_summaries"
    __table_args__ = (UniqueConstraint("user_id", "day"), Index("ix_daily_summaries_day", "day"))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    day: Mapped[date]  # the person's office day
    written_at: Mapped[datetime]
