"""Who may administer."""

from typing import Any

from portal.accounts import policy as accounts
from portal.accounts.rules import Role


def may_administer(user: Any) -> bool:
    """Officials, agencies, categories, rules, calendars and policies are the administrator's."""
    return accounts.has(user, Role.ADMINISTRATOR)
