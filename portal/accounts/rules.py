"""Roles, and what is true of addresses, passwords and tries to sign in."""

import re
from datetime import timedelta
from enum import StrEnum


class Role(StrEnum):
    """What a person is in this city. One person may have several."""

    RESIDENT = "resident"
    OFFICIAL = "official"
    SUPERVISOR = "supervisor"
    HEAD = "head"
    INSPECTORATE = "inspectorate"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"


STAFF = frozenset(Role) - {Role.RESIDENT}

MINIMUM_PASSWORD_LENGTH = 10  # NIST SP 800-63B asks for length, not for signs
MAXIMUM_PASSWORD_LENGTH = 200  # a longer one only costs time to hash
SIGN_IN_TRIES = 10  # wrong passwords in a row before an address must wait
SIGN_IN_PAUSE = timedelta(minutes=15)
CONFIRMATION_LIFE = timedelta(days=3)
NEW_PASSWORD_LIFE = timedelta(hours=1)
UNCONFIRMED_LIFE = timedelta(days=7)  # what nobody confirmed is not ours to keep

DEMO_DOMAIN = "demo.balaiwarga.example"
DEMO_PASSWORD = "kota-contoh-2026"  # noqa: S105  # shown on the sign-in page; production refuses the demo

EMAIL = re.compile(r"[^@\s<>\"',;]+@[^@\s<>\"',;]+\.[^@\s<>\"',;.]+")
MAXIMUM_EMAIL_LENGTH = 254  # RFC 5321

# What attackers try first among the passwords that are long enough.
COMMON_PASSWORDS = frozenset(
    (
        "0123456789", "1234567890", "0987654321", "9876543210", "12345678910", "123456789a", "a123456789",
        "1q2w3e4r5t", "qwertyuiop", "qwerty12345", "qwerty123456", "asdfghjkl1", "password12",
        "password123", "password1234", "passw0rd123", "iloveyou123", "indonesia1", "indonesia123",
        "indonesia45", "indonesia1945", "merdeka1945", "bismillah1", "bismillah123", "bismillah786",
        "alhamdulillah", "rahasia123", "rahasia1234", "katasandi123", "sayangkamu", "akusayangkamu",
        "sayangku123", "cintaku123", "admin12345", "admin123456", "administrator", "balaiwarga",
        "balaiwarga123", "medan12345", "psmsmedan123",
    )
)  # fmt: skip


def fold_email(address: str) -> str:
    """The form under which an address is unique."""
    return address.strip().casefold()


def is_email(address: str) -> bool:
    """Does it look like an address? Only the letter that arrives proves it."""
    address = address.strip()
    return len(address) <= MAXIMUM_EMAIL_LENGTH and EMAIL.fullmatch(address) is not None


def is_easy(password: str, *, email: str = "") -> bool:
    """Would it be among the first guesses: a common one, one sign repeated, or the address itself?"""
    folded = password.casefold().strip()
    name = fold_email(email).partition("@")[0]
    return (
        folded in COMMON_PASSWORDS or len(set(folded)) <= 2 or folded in {fold_email(email), name, name[::-1]}
    )
