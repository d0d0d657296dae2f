"""What people were told."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Model


class Notification(Model):
    """A message to one person: inside the portal when `user_id` is set, by letter to `address`.

    `key` says what it is about, once: a second one with the same key is not made. A letter to an
    address alone may hold a code or a link that opens something: its `body` is erased once it is sent.
    """

    __tablename__ = "notifications"
    __table_args__ = (Index("ix_notifications_user_id_id", "user_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    address: Mapped[str | None]
    language: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    path: Mapped[str]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
