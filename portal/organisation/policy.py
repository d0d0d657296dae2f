"""Who may look after whom, and who decides leave."""

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.organisation.models import Absence, Official
from portal.organisation.rules import LeaveState

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


def may_decide_leave(user: User, absence: Absence) -> bool:
    """Whoever stands above; an administrator, for those who have nobody above them. Nobody their own."""
    official = absence.official
    if official.user_id is not None and official.user_id == user.id:
        return False
    return absence.state == LeaveState.ASKED and may_enter_leave(user, official)


def may_enter_leave(user: User, official: Official) -> bool:
    """For somebody else: whoever stands above, and administrators. It counts at once, so nobody their own."""
    is_own = user.is_authenticated and official.user_id == user.id
    return not is_own and (may_direct(user, official) or _administers(user))


def may_cancel_leave(user: User, absence: Absence) -> bool:
    """The official themselves, and whoever may enter it for them."""
    official = absence.official
    is_own = user.is_authenticated and official.user_id is not None and official.user_id == user.id
    return is_own or may_enter_leave(user, official)


def may_keep_substitutes(user: User) -> bool:
    """Leaders for those below them, administrators for everybody."""
    return may_lead_a_team(user) or _administers(user)


def may_name_substitutes(user: User, official: Official) -> bool:
    """In advance: whoever stands above, and administrators."""
    return may_direct(user, official) or _administers(user)


def _administers(user: User) -> bool:
    return bool(user.is_authenticated and Role.ADMINISTRATOR in user.roles)
