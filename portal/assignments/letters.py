"""What the people of an agency are told about a duty. Texts stand in templates/letters/."""

from collections.abc import Iterable
from datetime import datetime

from portal.accounts.models import User
from portal.assignments import owners
from portal.assignments.models import Assignment, PendingAnswer, Response
from portal.db import db
from portal.deadlines.hooks import Moved
from portal.deadlines.models import StageDeadline
from portal.deadlines.rules.stages import Step
from portal.i18n import DEFAULT
from portal.notifications import services as notifications
from portal.notifications.rules import Recipient
from portal.organisation import queries as organisation
from portal.organisation.models import Official


def tell_holder(assignment: Assignment, letter: str, *, at: datetime) -> None:
    """Tell the official who has the duty."""
    _tell(_official(assignment.official_id), assignment, letter, at)


def tell_supervisor(assignment: Assignment, letter: str, *, at: datetime) -> None:
    """Tell whoever stands directly above the holder."""
    holder = _official(assignment.official_id)
    _tell(holder.supervisor if holder else None, assignment, letter, at)


def tell_asked(request: Response, letter: str, *, at: datetime) -> None:
    """Tell the official who is asked for help with somebody else's duty."""
    _tell(_official(request.to_official_id), request.assignment, letter, at)


def tell_approver(reader: Recipient, pending: PendingAnswer, *, at: datetime) -> None:
    """Tell who stands above the holder that an answer waits for them, once for each that is submitted."""
    assignment = pending.assignment
    notifications.tell(
        reader,
        "answer_waiting",
        key=f"answer_waiting:{pending.id}:{reader.user_id or reader.address}",
        at=at,
        path=f"/desk/{assignment.number}/approval",
        about=_about(assignment),
        **_named(assignment),
        due_at=_next_due_at(assignment),
    )


def tell_writer(pending: PendingAnswer, letter: str, *, at: datetime) -> None:
    """Tell whoever wrote an answer what became of it."""
    assignment = pending.assignment
    notifications.tell(
        notifications.to_user(pending.author),
        letter,
        key=f"{letter}:{pending.id}",
        at=at,
        path=f"/desk/{assignment.number}",
        about=_about(assignment),
        **_named(assignment),
        due_at=_next_due_at(assignment),
    )


def escalate(
    to: Iterable[Recipient], assignment: Assignment, row: StageDeadline, step: Step, *, at: datetime
) -> None:
    """Say what is owed to the resident, by whom, since when; each person once for each step."""
    for reader in to:
        notifications.tell(
            reader,
            f"escalation_{step}",
            key=_escalation_key(row, step, reader),
            at=at,
            path=f"/desk/{assignment.number}",
            about=_about(assignment),
            **_named(assignment),
            agency=assignment.agency.name,
            official=assignment.official and assignment.official.name,
            stage=row.stage,
            is_brought=owners.of(assignment).has_resident,
            since=row.origin_at,
            due_at=row.due_at,
        )


def escalate_triage(
    to: Iterable[Recipient], assignment: Assignment, row: StageDeadline, step: Step, *, at: datetime
) -> None:
    """The duty came back to the moderators, and nobody has it."""
    for reader in to:
        notifications.tell(
            reader,
            "escalation_triage",
            key=_escalation_key(row, step, reader),
            at=at,
            path=f"/triage/{assignment.number}/duty",
            **_named(assignment),
            is_overdue=step in (Step.DUE, Step.OVERDUE),
            since=row.origin_at,
            due_at=row.due_at,
        )


def tell_moved(assignment: Assignment, moved: Moved, *, at: datetime) -> None:
    """Tell the holder which due times a new calendar or policy moved, in one letter."""
    official = _official(assignment.official_id)
    if official is not None:
        notifications.tell(
            recipient(official),
            "duty_moved",
            key=f"moved:{moved.clock_id}:{at.isoformat()}",
            at=at,
            path=f"/desk/{assignment.number}",
            about=_about(assignment),
            **_named(assignment),
            moves=moved.moves,
            cause=moved.cause,
        )


def recipient(official: Official) -> Recipient:
    """Reach an official: through the account when there is one, else by the official address."""
    user = db.session.get(User, official.user_id) if official.user_id is not None else None
    return notifications.to_user(user) if user else Recipient(None, official.email, DEFAULT)


def _escalation_key(row: StageDeadline, step: Step, reader: Recipient) -> str:
    who = reader.user_id or reader.address
    return f"escalation:{row.id}:{row.origin_at.isoformat()}:{step}:{who}"


def _named(assignment: Assignment) -> dict[str, str]:
    """How a letter names the duty. Others may read it: a confidential matter is named by its number."""
    return {
        "number": assignment.number,
        "title": "" if assignment.is_confidential else assignment.title,
    }


def _about(assignment: Assignment) -> str | None:
    """What a reply by mail is about; answers to a confidential matter do not travel that way."""
    return None if assignment.is_confidential else f"duty:{assignment.number}"


def _official(official_id: int | None) -> Official | None:
    return db.session.get(Official, official_id) if official_id is not None else None


def _tell(official: Official | None, assignment: Assignment, letter: str, at: datetime) -> None:
    if official is None or _is_kept_out(official, assignment):
        return
    notifications.tell(
        recipient(official),
        letter,
        key=f"{letter}:{owners.subject(assignment)}:{assignment.lock}:{official.id}",
        at=at,
        path=f"/desk/{assignment.number}",
        about=_about(assignment),
        **_named(assignment),
        due_at=_next_due_at(assignment),
    )


def _is_kept_out(official: Official, assignment: Assignment) -> bool:
    """Does the matter concern their own unit or its line? Whoever leads both sides hears nothing of it."""
    excluded = assignment.excluded_agency_id
    return excluded is not None and official.id in organisation.commanders_of(excluded)


def _next_due_at(assignment: Assignment) -> datetime | None:
    stages = assignment.clock.stages
    return min((row.due_at for row in stages if row.is_open and row.due_at), default=None)
