"""Whom a leader can give duties to, and the duties that were marked."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import User
from portal.assignments import queries as assignments
from portal.assignments.models import Assignment
from portal.db import db
from portal.organisation.models import Absence, Official
from portal.organisation.queries import active_on
from portal.organisation.rules import LeaveState


def receivers(line: Any, day: date) -> Sequence[Official]:
    """Everybody of a line who is in office and not on leave, by name."""
    away = exists().where(
        Absence.official_id == Official.id,
        Absence.state == LeaveState.APPROVED,
        Absence.from_on <= day,
        Absence.to_on >= day,
    )
    statement = select(Official).where(Official.id.in_(line), active_on(day), ~away)
    return db.session.scalars(statement.order_by(Official.name, Official.id)).all()


def marked(numbers: Sequence[str], user: User) -> Sequence[Assignment]:
    """Duties by their numbers, as far as the person may read them, in the order of their numbers."""
    statement = (
        select(Assignment)
        .where(Assignment.number.in_(numbers))
        .options(
            joinedload(Assignment.official).joinedload(Official.supervisor),
            joinedload(Assignment.agency),
            joinedload(Assignment.clock),
        )
        .order_by(Assignment.id)
    )
    return db.session.scalars(assignments.visible_to(statement, user)).all()
