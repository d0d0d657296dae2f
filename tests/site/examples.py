"""A person of each role, and an example for each part of an address, for the tests that walk all routes."""

from typing import Any

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.organisation.rules import Rank
from tests.builders import make_agency, make_official, make_user

RANKS = {Role.OFFICIAL: Rank.OFFICIAL, Role.SUPERVISOR: Rank.SUPERVISOR, Role.HEAD: Rank.HEAD}


def people() -> dict[str, User | None]:
    """One person for each role, and the visitor; the officials work in one agency, one above the other."""
    users: dict[str, User | None] = {"visitor": None, **{role.value: make_user(role) for role in Role}}
    agency, above = make_agency(), None
    for role in (Role.HEAD, Role.SUPERVISOR, Role.OFFICIAL):
        user = users[role.value]
        above = make_official(
            agency,
            user_id=user.id if user else None,
            rank=RANKS[role],
            supervisor_id=above.id if above else None,
        )
    return users


def parts(endpoint: str) -> dict[str, Any] | None:
    """Example values for the parts of a route's address; None when there is no example."""
    return EXAMPLES.get(endpoint)


EXAMPLES: dict[str, dict[str, Any]] = {
    "static": {"filename": "css/portal.css"},
    "accounts.confirmation": {"token": "x"},
    "accounts.confirm": {"token": "x"},
    "accounts.new_password": {"token": "x"},
    "accounts.set_password": {"token": "x"},
}
