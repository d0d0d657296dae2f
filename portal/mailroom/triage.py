"""How much waits for a moderator, counted in one statement."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select

from portal.accounts.models import User
from portal.accounts.policy import has
from portal.accounts.rules import Role
from portal.assignments import queries as assignments
from portal.assignments.models import Assignment
from portal.db import db
from portal.moderation import queries as moderation
from portal.moderation.models import Appeal, ReviewItem
from portal.moderation.rules import ItemState
from portal.reports import queries as reports
from portal.reports.models import Report


def heaps(user: User) -> Sequence[tuple[str, int]]:
    """(what, how many) for each kind of thing that waits for this moderator; nothing for others."""
    if not has(user, Role.MODERATOR):
        return []
    things = {
        "unverified": reports.for_triage(user).with_only_columns(Report.id),
        "returned": assignments.visible_to(select(Assignment.id).where(assignments.is_returned()), user),
        "disputed": assignments.visible_to(
            select(Assignment.id).where(Assignment.disputed_at.is_not(None)), user
        ),
        "flagged": select(ReviewItem.id).where(ReviewItem.state == ItemState.OPEN),
        "appeals": moderation.appeals_for(user).with_only_columns(Appeal.id),
    }
    counts = db.session.execute(select(*(_count(one) for one in things.values()))).one()
    return [(name, count) for name, count in zip(things, counts, strict=True) if count]


def _count(things: Select[Any]) -> Any:
    return select(func.count()).select_from(things.subquery()).scalar_subquery()
