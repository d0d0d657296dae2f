"""Who may make and run projects."""

from typing import Any

from portal.accounts.policy import has
from portal.accounts.rules import Role
from portal.organisation import policy as organisation
from portal.projects.models import Project


def may_create(user: Any) -> bool:
    """Moderators and administrators, and those who lead in an agency."""
    return has(user, Role.MODERATOR, Role.ADMINISTRATOR, *organisation.LEADERS)


def may_run(user: Any, project: Project) -> bool:
    """The responsible official, those above, moderators and administrators."""
    if has(user, Role.MODERATOR, Role.ADMINISTRATOR):
        return True
    if not user.is_authenticated:
        return False
    return project.official.user_id == user.id or organisation.may_direct(user, project.official)


def may_take_part(user: Any, project: Project) -> bool:
    """Whoever has an account, once the project is public."""
    return bool(user.is_authenticated and project.published_at is not None)
