"""Who may look after whom."""

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.organisation.models import Official

LEADERS = frozenset({Role.SUPERVISOR, Role.HEAD})


def may_lead_a_team(user: User) -> bool:
    """Supervisors and heads of agency have a page about the officials below them."""
    return bool(user.is_authenticated and user.roles & LEADERS)


def may_direct(user: User, official: Official | None) -> bool:
    """Reassigning, deciding extensions: whoever stands above the official, at any height."""
    return may_lead_a_team(user) and official is not None and _stands_above(user, official)


def _stands_above(user: User, official: Official) -> bool:
    seen = {official.id}  # imported data may hold a circle of supervisors
    leader = official.supervisor
    while leader is not None and leader.id not in seen:
        if leader.user_id == user.id:
            return True
        seen.add(leader.id)
        leader = leader.supervisor
    return False
