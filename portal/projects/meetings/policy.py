"""Who may register for a meeting."""

from datetime import datetime
from typing import Any

from portal.projects import policy as projects
from portal.projects.meetings.models import Meeting


def may_register(user: Any, meeting: Meeting, at: datetime) -> bool:
    """Whoever has an account, before it begins."""
    return is_ahead(meeting, at) and projects.may_take_part(user, meeting.project)


def is_ahead(meeting: Meeting, at: datetime) -> bool:
    return meeting.cancelled_at is None and at < meeting.starts_at


def has_room(meeting: Meeting) -> bool:
    return meeting.capacity is None or meeting.registered_count < meeting.capacity
