"""Write to those who want to come, whether they follow the project or not."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.accounts.models import User
from portal.db import db
from portal.jobs import registry
from portal.jobs import services as jobs
from portal.notifications import services as notifications
from portal.projects.meetings.models import Meeting, MeetingRegistration

LETTERS_AT_ONCE = 200


@registry.handler("meetings.tell_registered")
def tell_registered(payload: dict[str, Any], at: datetime) -> None:
    """Write to the next of them, and leave the rest to a job of its own. Who follows the project too gets
    the letter once: it has the same key."""
    meeting = db.session.get_one(Meeting, payload["meeting_id"])
    guests = _registered(meeting, payload["after_id"])
    for _row_id, user in guests:
        notifications.tell(
            notifications.to_user(user),
            payload["letter"],
            key=f"{meeting.project.subject}:{payload['letter_key']}:{user.id}",
            at=at,
            path=payload["path"],
            project=meeting.project.title,
            title=meeting.title,
            place=meeting.place,
            starts_at=meeting.starts_at,
            reason=meeting.cancelled_because,
        )
    if len(guests) == LETTERS_AT_ONCE:
        jobs.enqueue("meetings.tell_registered", at=at, **{**payload, "after_id": guests[-1][0]})


def _registered(meeting: Meeting, after_id: int) -> list[tuple[int, User]]:
    rows = db.session.execute(
        select(MeetingRegistration.id, User)
        .join(User, User.id == MeetingRegistration.user_id)
        .where(MeetingRegistration.meeting_id == meeting.id, MeetingRegistration.id > after_id)
        .order_by(MeetingRegistration.id)
        .limit(LETTERS_AT_ONCE)
    )
    return [(row_id, user) for row_id, user in rows]
