"""What people are told in the end."""

from sqlalchemy import select

from portal.accounts.models import User
from portal.db import db
from portal.jobs import runner
from portal.notifications.models import Notification


def letters_to(user: User) -> list[str]:
    """Subjects of the letters to a person, after all jobs were done."""
    db.session.flush()
    runner.drain_outbox()
    rows = select(Notification.subject).filter_by(user_id=user.id).order_by(Notification.id)
    return list(db.session.scalars(rows))
