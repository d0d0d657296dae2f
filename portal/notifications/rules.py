"""Who is told, and how a letter is named so that it arrives once."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Recipient:
    """A person to tell: in the portal when `user_id` is set, by letter when `address` is, or both."""

    user_id: int | None
    address: str | None
    language: str


@dataclass(frozen=True)
class Letter:
    """A text ready to be sent; the subject is one line."""

    subject: str
    body: str


def message_id(key: str, host: str) -> str:
    """The same for the same key, so that mail programs show a letter that was sent again only once."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{host}>"
