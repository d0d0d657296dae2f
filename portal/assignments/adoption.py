"""Duties that began in another system: kept with the due time that was promised there."""

from datetime import datetime

from portal.assignments.models import Assignment
from portal.assignments.rules import AssignmentState
from portal.db import db
from portal.deadlines import services as deadlines
from portal.deadlines.rules.stages import Stage


def adopt(
    *,
    origin: str,
    number: str,
    title: str,
    place: str,
    matter: str,
    category_code: str | None,
    area_code: str | None,
    is_confidential: bool,
    agency_id: int,
    received_at: datetime,
    disposed_at: datetime,
    due_at: datetime | None,
    responded_at: datetime | None,
    resolved_at: datetime | None,
    is_ended: bool,
) -> Assignment:
    """An assignment with its source's due time for resolving, verbatim and never recomputed.

    `is_ended` closes it even when its source does not say when it was resolved.
    """
    met = {Stage.RESPOND: responded_at, Stage.RESOLVE: resolved_at}
    clock = deadlines.import_due(
        matter,
        due={Stage.RESOLVE: due_at},
        at=disposed_at,
        met={stage: at for stage, at in met.items() if at is not None},
        closed_at=resolved_at or (disposed_at if is_ended else None),
        agency_id=agency_id,
    )
    assignment = Assignment(
        origin=origin,
        number=number,
        title=title,
        place=place,
        matter=matter,
        category_code=category_code,
        area_code=area_code,
        is_confidential=is_confidential,
        clock=clock,
        agency_id=agency_id,
        state=AssignmentState.CLOSED if is_ended else AssignmentState.OPEN,
        received_at=received_at,
        disposed_at=disposed_at,
        responded_at=responded_at,
        resolved_at=resolved_at,
        ended_at=(resolved_at or disposed_at) if is_ended else None,
    )
    db.session.add(assignment)
    db.session.flush()
    return assignment
