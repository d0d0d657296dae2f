"""Passwords, kept as argon2id hashes only."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's first choice

# Checked when there is no account, so that the answer takes as long as with one.
_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$YYSdu9aCNtO4Y+NkwtIJ9g$eambOdXiNfbFWJKWYQxMRw+hk5kkdjMmOf7j63EOzac"


def hashed(password: str) -> str:
    return _hasher.hash(password)


def matches(password: str, password_hash: str | None) -> bool:
    """Is it the password? Takes the same time whether or not there is a hash to compare with."""
    try:
        return _hasher.verify(password_hash or _NOBODY, password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(password_hash: str) -> bool:
    """Was it hashed with weaker parameters than today's?"""
    return _hasher.check_needs_rehash(password_hash)
