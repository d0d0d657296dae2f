"""Who may write and change comments."""

from typing import Any

from portal.projects import policy as projects
from portal.projects.comments.homes import Thing
from portal.projects.comments.models import ProjectComment


def may_write(user: Any, thing: Thing) -> bool:
    """Whoever has an account, while the thing is open to comments."""
    return thing.is_open and projects.may_take_part(user, thing.project)


def may_edit(user: Any, comment: ProjectComment) -> bool:
    """Its author, unless a moderator hid it."""
    return bool(user.is_authenticated and comment.author_id == user.id and comment.hidden_at is None)
