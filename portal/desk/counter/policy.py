"""Who may take down what somebody else brings."""

from portal.accounts.models import User
from portal.accounts.policy import has
from portal.accounts.rules import Role
from portal.organisation.models import Agency, Official

RECORDERS = (Role.OFFICIAL, Role.SUPERVISOR, Role.HEAD, Role.MODERATOR)


def may_enter(user: User) -> bool:
    """Has the person a role for which the door is shown at all?"""
    return has(user, *RECORDERS)


def may_record(user: User, official: Official | None) -> bool:
    """Moderators, and officials whose agency an administrator has not switched off. `official` is the
    person's own position."""
    if not may_enter(user):
        return False
    return has(user, Role.MODERATOR) or (official is not None and official.agency.records_for_others)


def may_record_about(official: Official | None, unit: Agency | None) -> bool:
    """Nobody takes down a complaint about their own office: its line must not know of it."""
    return official is None or unit is None or official.agency_id != unit.id
