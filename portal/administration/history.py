"""The history of changes: who changed what, when, and how it was before."""

from datetime import datetime
from typing import Any

from portal.accounts.models import User
from portal.administration.models import AdministrationChange
from portal.db import db

Snapshot = dict[str, Any]


def note(
    kind: str, key: object, title: str, *, before: Snapshot | None, after: Snapshot, by: User, at: datetime
) -> None:
    """Write one line, unless nothing changed. Only what differs is kept."""
    changed = [name for name in after if before is None or before.get(name) != after[name]]
    if not changed:
        return
    change = AdministrationChange(
        at=at,
        by_id=by.id,
        kind=kind,
        key=str(key),
        title=title,
        before=None if before is None else {name: before.get(name) for name in changed},
        after={name: after[name] for name in changed},
    )
    db.session.add(change)
