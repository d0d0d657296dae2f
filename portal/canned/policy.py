"""Who may write canned answers; everybody who answers may use those of the agency and of the city."""

from typing import Any

from portal.accounts import policy as accounts
from portal.accounts.rules import Role


def may_write(user: Any) -> bool:
    """Supervisors and heads for their own agency, administrators for all and for the city."""
    return accounts.has(user, Role.SUPERVISOR, Role.HEAD, Role.ADMINISTRATOR)


def may_write_for_all(user: Any) -> bool:
    """For every agency, and those that the whole city uses."""
    return accounts.has(user, Role.ADMINISTRATOR)


def may_change(user: Any, agency_id: int | None, own_agency_id: int | None) -> bool:
    """May the person, who works in `own_agency_id`, change those of `agency_id` (None: the city's)?"""
    own = agency_id is not None and agency_id == own_agency_id
    return may_write_for_all(user) or (may_write(user) and own)
