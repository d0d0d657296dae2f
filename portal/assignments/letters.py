"""What the people of an agency are told about a duty. Texts stand in templates/letters/."""

from datetime import datetime

from portal.accounts.models import User
from portal.assignments.models import Assignment
from portal.db import db
from portal.deadlines.models import StageDeadline
from portal.i18n import DEFAULT
from portal.notifications import services as notifications
from portal.notifications.rules import Recipient
from portal.organisation.models import Official


def tell_holder(assignment: Assignment, letter: str, *, at: datetime) -> None:
    """Tell the official who has the duty."""
    _tell(_official(assignment.official_id), assignment, letter, at)


def tell_supervisor(assignment: Assignment, letter: str, *, at: datetime) -> None:
    """Tell whoever stands directly above the holder."""
    holder = _official(assignment.official_id)
    _tell(holder.supervisor if holder else None, assignment, letter, at)


def _official(official_id: int | None) -> Official | None:
    return db.session.get(Official, official_id) if official_id is not None else None


def _tell(official: Official | None, assignment: Assignment, letter: str, at: datetime) -> None:
    if official is None:
        return
    notifications.tell(
        _recipient(official),
        letter,
        key=f"{letter}:{assignment.id}:{assignment.lock}:{official.id}",
        at=at,
        path=f"/desk/{assignment.number}",
        number=assignment.number,
        # A letter may be read by others: a confidential matter is named by its number only.
        title="" if assignment.is_confidential else assignment.title,
        due_at=_next_due_at(assignment),
    )


def _recipient(official: Official) -> Recipient:
    user = db.session.get(User, official.user_id) if official.user_id is not None else None
    return notifications.to_user(user) if user else Recipient(None, official.email, DEFAULT)


def _next_due_at(assignment: Assignment) -> datetime | None:
    return db.session.scalar(
        db.select(StageDeadline.due_at)
        .where(StageDeadline.clock_id == assignment.clock_id, StageDeadline.is_open.is_(True))
        .where(StageDeadline.due_at.is_not(None))
        .order_by(StageDeadline.due_at)
        .limit(1)
    )
