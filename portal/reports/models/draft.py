"""A report being written."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Model


class ReportDraft(Model):
    """A report being written. `data` holds the answers so far (see filing/rules.py).

    The token stands in the writer's address only; kept is its digest. A draft that belongs to an account
    is found from there: it keeps its token sealed too. Sending or expiry removes the row.
    """

    __tablename__ = "report_drafts"
    __table_args__ = (
        CheckConstraint("owner_id IS NOT NULL OR sealed_token IS NULL", name="sealed_for_its_owner"),
        Index("ix_report_drafts_owner_id", "owner_id", "changed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    sealed_token: Mapped[str | None]
    data: Mapped[dict[str, Any]]
    # By step: what was typed and not yet sent on, and how often it was (see filing/keeping.py).
    pages: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
