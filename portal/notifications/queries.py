"""What a person was told."""

from collections.abc import Sequence

from sqlalchemy import select

from portal.accounts.models import User
from portal.db import db
from portal.notifications.models import Notification

PAGE_SIZE = 30


def told(user: User, *, before_id: int | None = None) -> Sequence[Notification]:
    """A page of a person's notifications, latest first, and one more when an older page follows."""
    query = (
        select(Notification)
        .where(Notification.user_id == user.id)
        .order_by(Notification.id.desc())
        .limit(PAGE_SIZE + 1)
    )
    if before_id:
        query = query.where(Notification.id < before_id)
    return db.session.scalars(query).all()
