"""What was flagged, what moderators decided about it, and who disagrees."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.db import Model
from portal.ledger import triggers
from portal.moderation.rules import Action, ItemState, Reason


class ReviewItem(Model):
    """One for each thing that was ever flagged (`subject`, as in the public record).

    `seen` stands for the version of its text that is flagged or was decided about; `weight` is what
    the flags of that version weigh, in hundredths. `lock` grows with each change.
    """

    __tablename__ = "review_items"
    __table_args__ = (Index("ix_review_items_state_weight", "state", "weight", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(unique=True)
    state: Mapped[ItemState] = mapped_column(default=ItemState.OPEN)
    seen: Mapped[str]
    weight: Mapped[int] = mapped_column(default=0)
    flag_count: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    lock: Mapped[int] = mapped_column(default=0)

    flags: Mapped[list["Flag"]] = relationship(back_populates="item", order_by="Flag.id")
    decisions: Mapped[list["Decision"]] = relationship(back_populates="item", order_by="Decision.id")


class Flag(Model):
    """Somebody says that a version breaks a rule; `is_upheld` once a moderator has decided."""

    __tablename__ = "flags"
    __table_args__ = (
        UniqueConstraint("item_id", "user_id", "seen"),
        Index("ix_flags_user_id_is_upheld", "user_id", "is_upheld"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("review_items.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[Reason]
    note: Mapped[str] = mapped_column(default="")
    seen: Mapped[str]
    weight: Mapped[int]
    at: Mapped[datetime]
    is_upheld: Mapped[bool | None]

    item: Mapped[ReviewItem] = relationship(back_populates="flags")


class Decision(Model):
    """One line of the public log; never changed and never deleted. `by_id` is None where flags alone
    decided; `note` is for the author and not public."""

    __tablename__ = "moderation_decisions"
    __table_args__ = (Index("ix_moderation_decisions_item_id", "item_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("review_items.id"))
    action: Mapped[Action]
    reason: Mapped[Reason | None]
    note: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]

    item: Mapped[ReviewItem] = relationship(back_populates="decisions")
    by: Mapped[User | None] = relationship()
    appeal: Mapped["Appeal | None"] = relationship(back_populates="decision")


class Appeal(Model):
    """The author disagrees with a decision, once; another moderator looks at it."""

    __tablename__ = "appeals"
    __table_args__ = (
        CheckConstraint(
            "decided_by_id IS NULL OR against_id IS NULL OR decided_by_id <> against_id", name="by_another"
        ),
        CheckConstraint("(decided_at IS NULL) = (is_granted IS NULL)", name="decision_dated"),
        Index("ix_appeals_decided_at", "decided_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("moderation_decisions.id"), unique=True)
    against_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # who made that decision
    body: Mapped[str]
    at: Mapped[datetime]
    is_granted: Mapped[bool | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    decision: Mapped[Decision] = relationship(back_populates="appeal")


triggers.protect(Model.metadata.tables[Decision.__tablename__])
