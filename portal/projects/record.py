"""A project's lines in the public record, and the digests that stand there in place of texts."""

import hashlib
import secrets
from datetime import datetime
from typing import Any

from portal.ledger import services as ledger
from portal.projects.models import Project


def write(project: Project, kind: str, /, *, at: datetime, **details: Any) -> None:
    """Add one line about this project."""
    ledger.record(kind, subject=project.subject, at=at, **details)


def new_salt() -> str:
    return secrets.token_hex(16)


def digest(salt: str, *texts: str) -> str:
    """Stands for texts in the record; the salt is erased with them, and then it says nothing."""
    return hashlib.sha256("\0".join([salt, *texts]).encode()).hexdigest()
