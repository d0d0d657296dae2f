"""People who sign in."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.rules import Role
from portal.db import Model


class User(Model):
    """An account. `email` is stored folded; `session_epoch` grows when all sessions must end."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="id")
    session_epoch: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    unread_count: Mapped[int] = mapped_column(default=0)  # notifications, kept by writes
    letter_choices: Mapped[dict[str, Any]] = mapped_column(default=dict)  # see notifications.rules

    role_rows: Mapped[list["UserRole"]] = relationship(cascade="all, delete-orphan", lazy="selectin")

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(row.role for row in self.role_rows)

    # What Flask-Login asks of a user.
    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        return self.disabled_at is None and self.confirmed_at is not None

    def get_id(self) -> str:
        return f"{self.id}:{self.session_epoch}"


class UserRole(Model):
    __tablename__ = "user_roles"
    __table_args__ = (UniqueConstraint("user_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role]


class SignInThrottle(Model):
    """Wrong passwords in a row for one address, known to us or not: so the pause tells nobody which."""

    __tablename__ = "sign_in_throttles"

    address_digest: Mapped[str] = mapped_column(primary_key=True)
    failed_count: Mapped[int] = mapped_column(default=0)
    paused_until: Mapped[datetime | None]
    failed_at: Mapped[datetime] = mapped_column(index=True)
