"""The seal: an identity is encrypted, and known again by a keyed digest, under PORTAL_IDENTITY_KEY.

A letter's address is found through it in memory (letters.py), a moderator's opening is written down
(services.py); nothing else breaks a seal.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from portal import config
from portal.reports.identity.models import SealedIdentity

LENGTH = 320  # every identity is as long as the longest, so that the length tells nothing


class Unreadable(Exception):
    """None of the keys opens the seal, or it was put on another report."""


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who it was: an account, or the address alone of those who had none."""

    user_id: int | None = None
    email: str | None = None


def seal(identity: Identity, number: str) -> str:
    """The identity, encrypted with the first key and bound to the report of that number."""
    text = json.dumps({**asdict(identity), "number": number})
    return _box().encrypt(text.ljust(LENGTH).encode()).decode()


def unseal(sealed: str, number: str) -> Identity:
    """Raises Unreadable when it is not the seal of this report or no key fits."""
    try:
        data = json.loads(_box().decrypt(sealed.encode()))
    except InvalidToken:
        raise Unreadable(f"no key opens the identity of {number}") from None
    if data.pop("number") != number:
        raise Unreadable(f"the identity of another report was put on {number}")
    return Identity(**data)


def row(identity: Identity, number: str) -> SealedIdentity:
    """What is stored of the person behind the report of that number."""
    user_id = identity.user_id
    return SealedIdentity(sealed=seal(identity, number), lookup=None if user_id is None else lookup(user_id))


def again(whole: SealedIdentity, number: str, part: str) -> SealedIdentity:
    """The same person behind a part of a report."""
    return row(unseal(whole.sealed, number), part)


def lookup(user_id: int) -> str:
    """The digest that is stored."""
    return lookups(user_id)[0]


def lookups(user_id: int) -> list[str]:
    """The digests by which an account's own reports are found, one for each key in use."""
    return [_digest(key, user_id) for key in _keys()]


def _digest(key: str, user_id: int) -> str:
    return hmac.new(key.encode(), f"lookup:{user_id}".encode(), hashlib.sha256).hexdigest()


def _box() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in _keys()])


def _keys() -> Sequence[str]:
    """The first one seals; the others open what was sealed before."""
    settings = config.current()
    return settings.identity_keys or [_development_key(settings.secret_key)]


def _development_key(secret: str) -> str:
    drawn = hmac.digest(secret.encode(), b"sealed identities", "sha256")
    return base64.urlsafe_b64encode(drawn).decode()
