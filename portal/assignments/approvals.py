"""What ends a matter is read by the supervisor before it is published, where the agency wants it so.

Until then nothing is public, no clock is met, and the due time runs on.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from portal import i18n
from portal.accounts.models import User
from portal.assignments import changes, drafts, escalation, letters, policy, queries, services
from portal.assignments.models import Assignment, PendingAnswer, Response
from portal.assignments.rules import AssignmentState, RefusalBasis, ResponseKind
from portal.db import db
from portal.deadlines.rules.stages import Step
from portal.errors import DomainError
from portal.i18n import _l
from portal.organisation import queries as organisation
from portal.organisation.models import Absence, Agency, Official, StandingSubstitute
from portal.organisation.rules import LeaveState

ACTS = {ResponseKind.ANSWER: "answer", ResponseKind.REFUSAL: "refuse"}


def say(
    assignment: Assignment, *, kind: ResponseKind, by: User, at: datetime, **said: Any
) -> Response | PendingAnswer:
    """Publish it, or ask for approval where that is needed; `said` is what `services.respond` takes."""
    if policy.needs_approval(by, assignment, kind):
        return submit(assignment, kind=kind, by=by, at=at, **said)
    return services.respond(assignment, kind=kind, by=by, at=at, **said)


def submit(
    assignment: Assignment,
    *,
    kind: ResponseKind,
    body: str,
    by: User,
    at: datetime,
    expected_lock: int | None = None,
    **details: Any,
) -> PendingAnswer:
    """Ask for approval; `details` are those of `services.respond`. Takes the place of what waited before."""
    changes.claim(assignment, expected_lock)
    grounds = {name: value for name, value in details.items() if name != "canned_version_id"}
    services.check(assignment, kind=kind, body=body, **grounds)
    waiting = open_of(assignment)
    if waiting is not None:
        _settle(waiting, by=by, at=at)
    changes.touch(assignment)
    pending = PendingAnswer(
        assignment=assignment,
        kind=kind,
        body=body.strip(),
        details=_stored(details),
        author=by,
        agency_id=assignment.agency_id,
        lock=assignment.lock,
        submitted_at=at,
    )
    db.session.add(pending)
    db.session.flush()
    _tell_approvers(pending, at)
    return pending


def approve(pending: PendingAnswer, *, by: User, at: datetime, expected_lock: int | None = None) -> Response:
    """Publish it now, as its writer's; `expected_lock` is the version of the duty that the approver saw."""
    assignment = pending.assignment
    changes.claim(assignment, expected_lock)
    _check_waits(pending)
    response = services.respond(
        assignment,
        kind=pending.kind,
        body=pending.body,
        by=pending.author,
        at=at,
        is_approved=True,
        **_restored(pending.details),
    )
    _settle(pending, by=by, at=at)
    pending.response_id = response.id
    letters.tell_writer(pending, "answer_approved", at=at)
    return response


def send_back(pending: PendingAnswer, *, words: str, by: User, at: datetime) -> None:
    """Say what is missing; the text is the writer's draft again, and the words stand as a note."""
    changes.claim(pending.assignment)
    _check_waits(pending)
    if not words.strip():
        raise DomainError(_l("Tulis apa yang perlu diperbaiki."), field="words")
    note = changes.add_response(pending.assignment, kind=ResponseKind.NOTE, body=words, by=by, at=at)
    pending.words = note.body
    _settle(pending, by=by, at=at)
    _give_back(pending, at)
    letters.tell_writer(pending, "answer_sent_back", at=at)


def take_back(pending: PendingAnswer, *, by: User, at: datetime) -> None:
    """Its writer wants to change it first."""
    changes.claim(pending.assignment)
    _check_waits(pending)
    changes.touch(pending.assignment)
    _settle(pending, by=by, at=at)
    _give_back(pending, at)


def open_of(assignment: Assignment) -> PendingAnswer | None:
    """What waits for approval in a duty."""
    return db.session.scalar(select(PendingAnswer).filter_by(assignment_id=assignment.id, settled_at=None))


def waiting_for(user: User, day: date) -> Sequence[PendingAnswer]:
    """What the person may approve, oldest first: of those below, and for leaders they stand in for."""
    statement = (
        waiting(user, day)
        .options(
            contains_eager(PendingAnswer.assignment).contains_eager(Assignment.official),
            joinedload(PendingAnswer.author),
        )
        .order_by(PendingAnswer.submitted_at, PendingAnswer.id)
    )
    return db.session.scalars(statement).all()


def waiting(user: User, day: date) -> Select[PendingAnswer]:
    """The same, to be counted."""
    statement = (
        select(PendingAnswer)
        .join(PendingAnswer.assignment)
        .join(Assignment.official)
        .where(
            PendingAnswer.settled_at.is_(None),
            PendingAnswer.author_id != user.id,
            PendingAnswer.agency_id == Assignment.agency_id,
            Assignment.state == AssignmentState.OPEN,
            _is_led_by(user, day),
        )
    )
    return queries.visible_to(statement, user)


def may_approve(user: User, pending: PendingAnswer, day: date) -> bool:
    return any(one.id == pending.id for one in waiting_for(user, day))


def may_take_back(user: User, pending: PendingAnswer) -> bool:
    return pending.settled_at is None and pending.author_id == user.id


def _is_led_by(user: User, day: date) -> ColumnElement[bool]:
    """The line above the holder, and whoever stands in for one of it who is away."""
    me = select(Official.id).where(Official.user_id == user.id)
    standing = select(StandingSubstitute.official_id).where(StandingSubstitute.substitute_id.in_(me))
    away = select(Absence.official_id).where(
        Absence.state == LeaveState.APPROVED,
        Absence.from_on <= day,
        Absence.to_on >= day,
        or_(
            Absence.substitute_id.in_(me),
            and_(Absence.substitute_id.is_(None), Absence.official_id.in_(standing)),
        ),
    )
    return or_(Assignment.official_id.in_(organisation.line_of(user)), Official.supervisor_id.in_(away))


def _check_waits(pending: PendingAnswer) -> None:
    db.session.refresh(pending, ["settled_at"])
    if pending.settled_at is not None:
        raise DomainError(_l("Jawaban ini tidak lagi menunggu persetujuan."))
    assignment = pending.assignment
    if assignment.state != AssignmentState.OPEN or assignment.agency_id != pending.agency_id:
        raise DomainError(_l("Tugas ini sudah dialihkan atau dijawab, jadi jawaban ini tidak dapat terbit."))


def _settle(pending: PendingAnswer, *, by: User, at: datetime) -> None:
    pending.settled_at, pending.settled_by_id = at, by.id
    db.session.flush()
    db.session.expire(pending.assignment, ["pending"])


def _give_back(pending: PendingAnswer, at: datetime) -> None:
    fields = {name: str(value) for name, value in pending.details.items() if value is not None}
    drafts.keep(
        pending.assignment,
        act=ACTS[pending.kind],
        fields={"body": pending.body, **fields},
        seen_lock=pending.assignment.lock,
        by=pending.author,
        at=at,
    )


def _tell_approvers(pending: PendingAnswer, at: datetime) -> None:
    """The one above the holder; when away their substitute, when nobody is there the next above."""
    day = i18n.local(at).date()
    for reader in escalation.recipients(pending.assignment, Step.WARN, day):
        letters.tell_approver(reader, pending, at=at)


def _stored(details: dict[str, Any]) -> dict[str, Any]:
    stored = {name: value for name, value in details.items() if value is not None}
    body = stored.pop("outside_body", None)
    return {**stored, **({"outside_body": body.id} if body is not None else {})}


def _restored(details: dict[str, Any]) -> dict[str, Any]:
    given = dict(details)
    if "basis" in given:
        given["basis"] = RefusalBasis(given["basis"])
    if "outside_body" in given:
        given["outside_body"] = db.session.get(Agency, given["outside_body"])
    return given
