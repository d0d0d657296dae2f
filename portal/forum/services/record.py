"""The forum's lines in the public record: ids, counts and digests, never a text or a person."""

import hashlib
from datetime import datetime
from typing import Any

from portal.forum.models import ForumCategory, Post, Thread
from portal.ledger import services as ledger


def write(thing: Thread | Post, kind: str, /, *, at: datetime, **details: Any) -> None:
    """Add one line about a thread or a post."""
    ledger.record(kind, subject=thing.subject, at=at, **details)


def write_category(category: ForumCategory, kind: str, /, *, at: datetime) -> None:
    ledger.record(kind, subject=f"forum-category:{category.slug}", at=at)


def digest(post: Post, *texts: str) -> str:
    """Stands for texts in the record; the salt is erased with them, and then it says nothing."""
    return hashlib.sha256("\0".join([post.salt, *texts]).encode()).hexdigest()
