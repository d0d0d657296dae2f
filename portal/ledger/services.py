"""Write the public record, and seal it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from portal.db import db
from portal.ledger import queries, rules
from portal.ledger.models import Event, Seal, SealMember
from portal.ledger.queries import Unsealed


def record(kind: str, /, *, subject: str, at: datetime, **details: Any) -> Event:
    """Add one line: what happened (`kind`) to which matter (`subject`, e.g. "report:MDN-26-000123").

    `details` must be JSON and hold no personal data: ids, codes and dates only.
    """
    event = Event(kind=kind, subject=subject, at=at, details=details)
    db.session.add(event)
    return event


def seal(events: Sequence[Unsealed], *, at: datetime) -> Seal:
    """Close a batch over the seal before it.

    Another sealer who is quicker takes the number or an event: then flushing raises IntegrityError, and
    the events are looked for anew.
    """
    last = queries.head()
    number, sealed_at = (last.number + 1, max(at, last.sealed_at)) if last else (1, at)
    facts: dict[str, Any] = {
        "number": number,
        "sealed_at": sealed_at,
        "event_count": len(events),
        "events_digest": rules.events_digest(event.line for event in events),
        "previous_digest": last.digest if last else rules.GENESIS,
    }
    made = Seal(**facts, digest=rules.seal_digest(**facts))
    db.session.add(made)
    db.session.flush()
    db.session.execute(
        insert(SealMember),
        [
            {
                "event_id": event.id,
                "seal_number": number,
                "position": position,
                "digest": rules.line_digest(event.line),
            }
            for position, event in enumerate(events, 1)
        ],
    )
    return made


def seal_everything(*, until: datetime, at: datetime) -> None:
    """Seal what happened by a moment inside the present transaction: for a city that is set up at once."""
    db.session.flush()
    for events in queries.unsealed(until=until):
        seal(events, at=at)
