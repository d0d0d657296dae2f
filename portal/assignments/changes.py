"""How a duty is changed: it is held, checked against what the person saw, noted, and told to its owner."""

from datetime import datetime
from typing import Any

from portal.accounts.models import User
from portal.assignments import owners
from portal.assignments.models import Assignment, Response
from portal.assignments.rules import AssignmentState, ResponseKind
from portal.db import db
from portal.deadlines import services as deadlines
from portal.errors import Conflict, DomainError
from portal.i18n import _l
from portal.ledger import services as ledger
from portal.organisation import queries as organisation


def claim(assignment: Assignment, expected_lock: int | None = None) -> None:
    """Lock the duty and its clock for this change. Raises Conflict when it is not what the person saw."""
    db.session.flush()  # refreshing forgets what was not written yet
    deadlines.hold(assignment.clock_id)
    db.session.refresh(assignment, with_for_update={"of": Assignment})
    if expected_lock is not None and expected_lock != assignment.lock:
        raise Conflict(_l("Tugas ini berubah sejak Anda membukanya. Periksa perubahannya, lalu kirim lagi."))


def check_open(assignment: Assignment) -> None:
    """Raise DomainError unless somebody holds the duty and is to respond."""
    if assignment.state != AssignmentState.OPEN:
        raise DomainError(_l("Tugas ini tidak sedang terbuka."))


def touch(assignment: Assignment) -> None:
    """Whoever saw the state before this change is told of it when they send theirs."""
    assignment.lock += 1


def add_response(
    assignment: Assignment, *, kind: ResponseKind, body: str, by: User, at: datetime, **details: Any
) -> Response:
    """Keep what was said, with the position and the agency that said it."""
    touch(assignment)
    speaker = organisation.official_of(by)
    response = Response(
        assignment=assignment,
        kind=kind,
        body=body.strip(),
        official_id=speaker.id if speaker else None,
        author_id=by.id,
        agency_id=assignment.agency_id,
        at=at,
        **details,
    )
    db.session.add(response)
    db.session.flush()
    return response


def publish(response: Response, event: str, **details: Any) -> None:
    """Write the public line of a response and tell the matter's owner."""
    record(event, response.assignment, response.at, response=response.id, **details)
    owners.of(response.assignment).responded(response.assignment, response)


def record(kind: str, assignment: Assignment, at: datetime, **details: Any) -> None:
    """Write the public line of something that happened to the duty."""
    ledger.record(
        kind,
        subject=owners.subject(assignment),
        at=at,
        agency=assignment.agency.code,
        official=assignment.official_id,
        **details,
    )
