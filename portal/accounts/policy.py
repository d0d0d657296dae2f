"""Who is what: the questions about roles that the policies of all features are made of."""

from typing import Any

from portal.accounts.rules import STAFF, Role


def has(user: Any, *roles: Role) -> bool:
    """Has the person one of these roles? A visitor who is not signed in has none."""
    return not frozenset(roles).isdisjoint(getattr(user, "roles", ()))


def is_staff(user: Any) -> bool:
    return has(user, *STAFF)


def may_keep_account(user: Any) -> bool:
    """Whoever is signed in looks after their own account."""
    return bool(user.is_authenticated)
