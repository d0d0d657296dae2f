"""What people are told about leave, and about the duties that it moves. Texts stand in templates/letters/."""

from collections.abc import Iterable
from datetime import datetime

from portal.accounts import queries as accounts
from portal.accounts.rules import Role
from portal.assignments import letters
from portal.assignments.models import Assignment
from portal.db import db
from portal.i18n import local
from portal.notifications import services as notifications
from portal.notifications.rules import Recipient
from portal.organisation import leave
from portal.organisation import queries as organisation
from portal.organisation.hooks import LeaveStep
from portal.organisation.models import Absence, Official
from portal.organisation.queries import Presence
from portal.organisation.rules import LeaveState


def tell_step(absence: Absence, step: LeaveStep, at: datetime) -> None:
    """Each step reaches both sides: who is away, and who decides."""
    if step is LeaveStep.ASKED:
        _tell_leaders(absence, "leave_asked", "asked", at)
        return
    if step is LeaveStep.CANCELLED:
        _tell_leaders(absence, "leave_cancelled", f"cancelled:{absence.to_on}", at)
        _tell_official(absence, "leave_cancelled", f"cancelled:{absence.to_on}", at)
        if absence.decided_at is not None:
            _tell_substitute(absence, "leave_cancelled", f"cancelled:{absence.to_on}", at)
        return
    _tell_official(absence, "leave_decided", "decided", at)
    if step is LeaveStep.APPROVED:
        _tell_leaders(absence, "leave_coming", "coming", at)
        _tell_substitute(absence, "leave_stand_in", "stand-in", at)


def tell_stand_in(absence: Absence, official: Official, *, at: datetime) -> None:
    """Running duties have come to whoever stands in; one letter for all of a leave."""
    _tell([letters.recipient(official)], absence, "leave_duties", f"duties:{official.id}", at, path="/desk")


def tell_back(absence: Absence, *, at: datetime) -> None:
    """The duties that are still open have come back; one letter for all of a leave."""
    _tell(
        [letters.recipient(absence.official)],
        absence,
        "leave_back",
        f"back:{absence.to_on}",
        at,
        path="/desk",
    )


def tell_it_stays(absence: Absence, assignment: Assignment, presence: Presence, *, at: datetime) -> None:
    """A duty that nobody may take over stays where it is: who stands above decides, else the moderators."""
    barred = kept_out(assignment)
    leader_id = presence.leader(absence.official_id, lambda one: one not in barred)
    if leader_id is not None:
        readers = [letters.recipient(db.session.get_one(Official, leader_id))]
    else:
        readers = [notifications.to_user(user) for user in accounts.users_with(Role.MODERATOR)]
    step, path = f"stays:{assignment.id}", f"/desk/{assignment.number}"
    _tell(readers, absence, "leave_duty_stays", step, at, path=path, number=assignment.number)


def kept_out(assignment: Assignment) -> frozenset[int]:
    """The unit that a matter is about, and its line: they hold nothing of it and hear nothing."""
    excluded = assignment.excluded_agency_id
    return organisation.commanders_of(excluded) if excluded is not None else frozenset()


def _tell_official(absence: Absence, letter: str, step: str, at: datetime) -> None:
    _tell([letters.recipient(absence.official)], absence, letter, step, at, path="/desk/leave")


def _tell_substitute(absence: Absence, letter: str, step: str, at: datetime) -> None:
    if absence.substitute is not None:
        _tell([letters.recipient(absence.substitute)], absence, letter, step, at, path="/desk")


def _tell_leaders(absence: Absence, letter: str, step: str, at: datetime) -> None:
    """Who is to decide; where nobody stands above, the administrators."""
    found = leave.deciders(absence.official, local(at).date())
    if found:
        readers, path = [letters.recipient(one) for one in found], "/team"
    else:
        readers = [notifications.to_user(user) for user in accounts.users_with(Role.ADMINISTRATOR)]
        path = f"/administration/officials/{absence.official_id}"
    _tell(readers, absence, letter, step, at, path=path)


def _tell(
    readers: Iterable[Recipient],
    absence: Absence,
    letter: str,
    step: str,
    at: datetime,
    *,
    path: str,
    number: str = "",
) -> None:
    for reader in readers:
        notifications.tell(
            reader,
            letter,
            key=f"leave:{absence.id}:{step}:{letter}:{reader.user_id or reader.address}",
            at=at,
            path=path,
            official=absence.official.name,
            substitute=absence.substitute.name if absence.substitute else "",
            from_on=absence.from_on,
            to_on=absence.to_on,
            is_approved=absence.state == LeaveState.APPROVED,
            words=absence.decision_note,
            note=absence.note,
            number=number,
        )
