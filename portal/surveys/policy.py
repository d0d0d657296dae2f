"""Who may make surveys, publish results and read open answers."""

from typing import Any

from portal.accounts import policy as accounts
from portal.accounts.rules import Role
from portal.organisation import queries as organisation


def may_manage_any(user: Any) -> bool:
    """Administrators and moderators look after the surveys of every agency."""
    return accounts.has(user, Role.ADMINISTRATOR, Role.MODERATOR)


def may_enter(user: Any) -> bool:
    """The managing pages are for those who may manage at least one agency's surveys."""
    return may_manage_any(user) or accounts.has(user, Role.HEAD)


def may_manage(user: Any, agency_id: int) -> bool:
    """And heads of agency those of their own."""
    return may_manage_any(user) or agency_headed(user) == agency_id


def may_name_all_services(user: Any) -> bool:
    return accounts.has(user, Role.ADMINISTRATOR)


def may_name_services(user: Any, agency_id: int) -> bool:
    """What an agency offers is said by administrators and its head."""
    return may_name_all_services(user) or agency_headed(user) == agency_id


def may_publish(user: Any) -> bool:
    """A result is published by a moderator: no agency holds back its own."""
    return accounts.has(user, Role.MODERATOR)


def may_release(user: Any) -> bool:
    """Open answers may name people, so moderators read them first."""
    return accounts.has(user, Role.MODERATOR)


def agency_headed(user: Any) -> int | None:
    """The agency that the person heads; None for everybody else."""
    if not accounts.has(user, Role.HEAD):
        return None
    official = organisation.official_of(user)
    return official.agency_id if official else None
