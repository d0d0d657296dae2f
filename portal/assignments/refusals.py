"""Undo a refusal that does not hold: moderators decide, and the duty goes on with the days it had left."""

from datetime import datetime

from portal.accounts.models import User
from portal.assignments import changes, letters, owners
from portal.assignments.models import Assignment, Response
from portal.assignments.rules import AssignmentState, ResponseKind
from portal.deadlines import services as deadlines
from portal.deadlines.rules.stages import Matter, Stage
from portal.errors import DomainError
from portal.i18n import _l
from portal.organisation import services as workload

MAY_END = (AssignmentState.ANSWERED, AssignmentState.CLOSED)


def overturn(response: Response, *, reason: str, by: User, at: datetime) -> None:
    """The refusal no longer stands: its closure counts as failed, and the resident's own reopening stays.

    The holder goes on; what moderators had refused themselves waits for them again. Raises DomainError when
    it was undone before, the matter ended otherwise, or `by` refused it themselves.
    """
    assignment = response.assignment
    changes.claim(assignment)
    _check(response, reason, by)
    deadlines.reopen(assignment.clock, at=at, by_moderator=True)
    changes.touch(assignment)
    response.overturned_at, response.overturned_by_id = at, by.id
    response.overturn_reason = reason.strip()
    assignment.ended_at = assignment.silent_at = assignment.react_by = assignment.disputed_at = None
    if response.is_by_moderator:
        _wait_for_moderators(assignment, at)
    else:
        assignment.state = AssignmentState.OPEN
        workload.count_open(assignment.official_id, +1)
    changes.record("refusal_overturned", assignment, at, response=response.id, basis=response.basis)
    if assignment.state == AssignmentState.OPEN:
        letters.tell_holder(assignment, "duty_refusal_overturned", at=at)
        letters.tell_supervisor(assignment, "duty_refusal_overturned", at=at)
    owners.of(assignment).overturned(assignment, response, at)


def may_overturn(response: Response, by: User) -> bool:
    """Does the refusal still stand, and did somebody else give it?"""
    assignment = response.assignment
    return (
        response.kind == ResponseKind.REFUSAL
        and response.overturned_at is None
        and response.author_id != by.id
        and assignment.state in MAY_END
        and assignment.withdrawn_at is None
        and _is_last_word(response)
    )


def _check(response: Response, reason: str, by: User) -> None:
    if response.author_id == by.id:
        raise DomainError(_l("Anda sendiri yang menolaknya. Moderator lain yang menilai."))
    if not may_overturn(response, by):
        raise DomainError(
            _l("Penolakan ini sudah dibatalkan, atau urusannya sudah berakhir dengan cara lain.")
        )
    if not reason.strip():
        raise DomainError(_l("Tulis alasannya."), field="reason")


def _is_last_word(response: Response) -> bool:
    """Nothing else ended the duty after it."""
    ending = (ResponseKind.ANSWER, ResponseKind.REFUSAL)
    return [one.id for one in response.assignment.responses if one.kind in ending][-1] == response.id


def _wait_for_moderators(assignment: Assignment, at: datetime) -> None:
    """It had been given back before moderators refused it: they find a holder within one working day."""
    assignment.state = AssignmentState.RETURNED
    assignment.triage_clock = deadlines.open_clock(
        Matter.DECLINED_TRANSFER, stages=(Stage.VERIFY,), at=at, category=assignment.category_code
    )
