"""What somebody is still writing about a duty: kept as it is typed, shown to them alone."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete

from portal.accounts.models import User
from portal.assignments.models import Assignment, Draft
from portal.db import db
from portal.jobs.services import insert

KEPT_FOR = timedelta(days=90)
WRITING_FOR = timedelta(minutes=10)  # so long after the last letter somebody counts as writing
WORDS = ("body", "reason", "days")  # fields that somebody typed; without any there is nothing to keep
FIELD_LENGTH = 10_000  # more than any form takes


def keep(
    assignment: Assignment, *, act: str, fields: Mapping[str, str], seen_lock: int, by: User, at: datetime
) -> bool:
    """Keep what the answer box holds in place of what was kept before; False when it holds no words, and
    nothing is kept. No clock, no lock and no record changes."""
    if not any(fields.get(name, "").strip() for name in WORDS):
        discard(assignment, by=by)
        return False
    kept = {
        "act": act,
        "fields": {name: value[:FIELD_LENGTH] for name, value in fields.items()},
        "saved_at": at,
        "seen_lock": seen_lock,
    }
    added = insert(Draft).values(assignment_id=assignment.id, author_id=by.id, **kept)
    key = [Draft.assignment_id, Draft.author_id]
    former = own(assignment, by)
    db.session.execute(added.on_conflict_do_update(index_elements=key, set_=kept))
    if former is not None:
        db.session.expire(former)  # it was written past the session
    db.session.expire(assignment, ["drafts"])
    return True


def discard(assignment: Assignment, *, by: User) -> None:
    """Forget it: it was sent, or everything was deleted."""
    db.session.execute(delete(Draft).filter_by(assignment_id=assignment.id, author_id=by.id))
    db.session.expire(assignment, ["drafts"])


def own(assignment: Assignment, user: User) -> Draft | None:
    """The person's own draft; nobody reads another's."""
    return next((one for one in assignment.drafts if one.author_id == user.id), None)


def writers(assignment: Assignment, user: User, at: datetime) -> list[str]:
    """Names of the others who are writing about this duty right now."""
    return [
        one.author.name
        for one in assignment.drafts
        if one.author_id != user.id and at - one.saved_at < WRITING_FOR
    ]


def forget_old(at: datetime) -> None:
    """Drafts that nobody touched for a long time."""
    db.session.execute(delete(Draft).where(Draft.saved_at < at - KEPT_FOR))
