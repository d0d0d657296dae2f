"""Roles: what a person is in this city. One person may have several."""

from enum import StrEnum


class Role(StrEnum):
    RESIDENT = "resident"
    OFFICIAL = "official"
    SUPERVISOR = "supervisor"
    HEAD = "head"
    INSPECTORATE = "inspectorate"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"


STAFF = frozenset(Role) - {Role.RESIDENT}
MINIMUM_PASSWORD_LENGTH = 10  # NIST SP 800-63B asks for length, not for signs
SIGN_IN_TRIES = 10  # wrong passwords in a row before an account must wait
SIGN_IN_PAUSE_MINUTES = 15


def fold_email(address: str) -> str:
    """The form under which an address is unique."""
    return address.strip().casefold()
