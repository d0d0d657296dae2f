"""What people were told, and where letters no longer go."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Model
from portal.notifications.rules import Group


class Notification(Model):
    """A message to one person: inside the portal when `user_id` is set, by letter to `address`.

    `key` says what it is about, once: a second one with the same key is not made. A letter to an
    address alone may hold a code or a link that opens something: its `body` is erased once it is sent.
    `about` names the matter that a reply by mail is about, e.g. "report:MDN-26-000123". A letter that is
    not sent, because its reader wants none or the address takes none, has `held_at`.

    `sealed_for` is the number of an anonymous report: the row holds nothing of its reader, who is found when
    the letter goes out. Until then `texts` has the letter in every language, {"id": [subject, body], ...}.
    """

    __tablename__ = "notifications"
    __table_args__ = (
        Index("ix_notifications_user_id_id", "user_id", "id"),
        Index("ix_notifications_awaits_summary_user_id", "awaits_summary", "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    address: Mapped[str | None]
    language: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    path: Mapped[str]
    about: Mapped[str | None]
    sealed_for: Mapped[str | None]
    texts: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    awaits_summary: Mapped[bool] = mapped_column(default=False)  # until the reader's next summary
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    held_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]


class MutedAddress(Model):
    """Somebody without an account wants no more letters of a group. Addresses are kept as digests."""

    __tablename__ = "muted_addresses"

    address_digest: Mapped[str] = mapped_column(primary_key=True)
    group: Mapped[Group] = mapped_column(primary_key=True)
    muted_at: Mapped[datetime]


class FailingAddress(Model):
    """An address from which letters came back for good; after some of them no more go there."""

    __tablename__ = "failing_addresses"

    address_digest: Mapped[str] = mapped_column(primary_key=True)
    bounce_count: Mapped[int]
    bounced_at: Mapped[datetime]
