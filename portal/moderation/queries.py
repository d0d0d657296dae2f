"""What waits for moderators, and what everybody may read of their decisions."""

from collections.abc import Sequence

from flask import abort
from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from portal.accounts.models import User
from portal.db import db
from portal.moderation.models import Appeal, Decision, Flag, ReviewItem
from portal.moderation.rules import APPEALABLE, ItemState

PAGE_SIZE = 30
WAITING_SHOWN = 100


def waiting() -> Sequence[ReviewItem]:
    """What was flagged and not decided, the heaviest first."""
    return db.session.scalars(
        select(ReviewItem)
        .where(ReviewItem.state == ItemState.OPEN)
        .order_by(ReviewItem.weight.desc(), ReviewItem.id)
        .limit(WAITING_SHOWN)
    ).all()


def waiting_count() -> int:
    """How many things wait for a decision."""
    count = select(func.count(ReviewItem.id)).where(ReviewItem.state == ItemState.OPEN)
    return db.session.scalar(count) or 0


def appeals_for(user: User) -> Select[Appeal]:
    """Appeals that wait for this moderator: nobody decides about what they hid or locked themselves."""
    own = aliased(Decision)
    decided = exists().where(
        own.item_id == Decision.item_id, own.by_id == user.id, own.action.in_(APPEALABLE)
    )
    return select(Appeal).join(Appeal.decision).where(Appeal.decided_at.is_(None), ~decided)


def undecided_appeals(user: User) -> Sequence[Appeal]:
    """Appeals that this moderator may decide, oldest first."""
    return db.session.scalars(
        appeals_for(user)
        .options(joinedload(Appeal.decision).joinedload(Decision.item))
        .order_by(Appeal.id)
        .limit(WAITING_SHOWN)
    ).all()


def item_or_404(item_id: int) -> ReviewItem:
    """An item with its flags and decisions."""
    statement = (
        select(ReviewItem)
        .where(ReviewItem.id == item_id)
        .options(selectinload(ReviewItem.flags), selectinload(ReviewItem.decisions))
    )
    return db.session.scalar(statement) or abort(404)


def decision_or_404(decision_id: int) -> Decision:
    statement = select(Decision).where(Decision.id == decision_id)
    loaded = statement.options(joinedload(Decision.item), joinedload(Decision.appeal))
    return db.session.scalar(loaded) or abort(404)


def appeal_or_404(appeal_id: int) -> Appeal:
    statement = select(Appeal).where(Appeal.id == appeal_id)
    loaded = statement.options(joinedload(Appeal.decision).joinedload(Decision.item))
    return db.session.scalar(loaded) or abort(404)


def log(*, before: int | None = None) -> tuple[list[Decision], int | None]:
    """One page of the public log, newest first, and where the next begins; None at its end."""
    statement = select(Decision).join(Decision.item).options(contains_eager(Decision.item))
    if before is not None:
        statement = statement.where(Decision.id < before)
    rows = list(db.session.scalars(statement.order_by(Decision.id.desc()).limit(PAGE_SIZE + 1)))
    return rows[:PAGE_SIZE], rows[PAGE_SIZE - 1].id if len(rows) > PAGE_SIZE else None


def record_of(user: User) -> tuple[int, int]:
    """How many of a person's flags moderators agreed with, and how many they decided about."""
    counts = select(func.count(Flag.id).filter(Flag.is_upheld.is_(True)), func.count(Flag.is_upheld))
    upheld, decided = db.session.execute(counts.where(Flag.user_id == user.id)).one()
    return upheld, decided


def has_flagged(item: ReviewItem, user: User, seen: str) -> bool:
    statement = select(Flag.id).filter_by(item_id=item.id, user_id=user.id, seen=seen)
    return db.session.scalar(statement) is not None
