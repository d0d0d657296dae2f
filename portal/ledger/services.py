"""Write the public record."""

from datetime import datetime
from typing import Any

from portal.db import db
from portal.ledger.models import Event


def record(kind: str, /, *, subject: str, at: datetime, **details: Any) -> Event:
    """Add one line: what happened (`kind`) to which matter (`subject`, e.g. "report:MDN-26-000123").

    `details` must be JSON and hold no personal data: ids, codes and dates only.
    """
    event = Event(kind=kind, subject=subject, at=at, details=details)
    db.session.add(event)
    return event
