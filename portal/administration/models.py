"""What administrators changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.db import Model
from portal.ledger import triggers


class AdministrationChange(Model):
    """One change by an administrator: never changed and never deleted.

    `kind` and `key` name the thing ("agency", "DLH"), `title` says what it was called then. `before` is
    None when the thing is new. The values are in words (names, not ids) and hold no secrets.
    """

    __tablename__ = "administration_changes"
    __table_args__ = (Index("ix_administration_changes_kind_key_id", "kind", "key", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str]
    key: Mapped[str]
    title: Mapped[str]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any]]

    by: Mapped[User] = relationship()


triggers.protect(Model.metadata.tables[AdministrationChange.__tablename__])
