"""What the handling side says, and what that does to the clock."""

from datetime import datetime

from portal.accounts.models import User
from portal.assignments import changes, evidence, letters, owners, policy
from portal.assignments.grounds import Grounds
from portal.assignments.models import Assignment, Response, ResponseVersion
from portal.assignments.rules import EFFECTS, PUBLIC, AssignmentState, RefusalBasis, ResponseKind
from portal.assignments.services import endings, wording
from portal.deadlines import services as deadlines
from portal.deadlines.rules.stages import Stage
from portal.errors import DomainError
from portal.i18n import _l
from portal.organisation import services as workload
from portal.organisation.models import Agency

EVENTS = {
    ResponseKind.ACKNOWLEDGEMENT: "acknowledged",
    ResponseKind.QUESTION: "asked",
    ResponseKind.INTERIM: "updated",
    ResponseKind.ANSWER: "answered",
    ResponseKind.REFUSAL: "refused",
}


def respond(
    assignment: Assignment,
    *,
    kind: ResponseKind,
    body: str,
    by: User,
    at: datetime,
    basis: RefusalBasis | None = None,
    outcome: str | None = None,
    outside_body: Agency | None = None,
    duplicate_of: str | None = None,
    canned_version_id: int | None = None,
    expected_lock: int | None = None,
    is_approved: bool = False,
) -> Response:
    """Say something about the matter; what that does to the clock stands in `rules.EFFECTS`.

    `outcome` is one of the owner's, where it has any, and goes with an answer; `basis`, `outside_body` and
    `duplicate_of` (a number) are the grounds of a refusal. A transfer is not said but
    done: see handovers.transfer. Photos that the person added go with it. Where the agency wants answers to
    be approved first, only approvals.approve says so with `is_approved`. `canned_version_id` is the
    canned answer that the words began with.
    """
    changes.claim(assignment, expected_lock)
    grounds = Grounds(basis, outside_body, duplicate_of)
    _check(assignment, kind, body, grounds, outcome)
    if policy.needs_approval(by, assignment, kind) and not is_approved:
        raise DomainError(_l("Dinas ini meminta persetujuan atasan sebelum jawaban terbit."))
    if kind == ResponseKind.QUESTION:
        _ask(assignment, by=by, at=at)
    for stage in sorted(EFFECTS[kind].meets):
        deadlines.meet(assignment.clock, stage, at=at)
    response = changes.add_response(
        assignment,
        kind=kind,
        body=body,
        by=by,
        at=at,
        outcome=outcome,
        canned_version_id=canned_version_id,
        **grounds.columns,
    )
    if kind in PUBLIC:
        chosen = {"outcome": outcome, "photos": evidence.attach(response, by)}
        said = {name: value for name, value in chosen.items() if value}
        changes.publish(response, EVENTS[kind], **grounds.details, **said)
    if EFFECTS[kind].resolves:
        _resolve(assignment, response)
    elif Stage.RESPOND in EFFECTS[kind].meets:
        assignment.responded_at = assignment.responded_at or at
    return response


def check(
    assignment: Assignment,
    *,
    kind: ResponseKind,
    body: str,
    basis: RefusalBasis | None = None,
    outcome: str | None = None,
    outside_body: Agency | None = None,
    duplicate_of: str | None = None,
) -> None:
    """May this be said now? Raises DomainError; nothing changes."""
    _check(assignment, kind, body, Grounds(basis, outside_body, duplicate_of), outcome)


def _check(
    assignment: Assignment, kind: ResponseKind, body: str, grounds: Grounds, outcome: str | None
) -> None:
    if kind in PUBLIC:
        changes.check_open(assignment)
    wording.check_words(assignment, kind, body, grounds)
    wording.check_outcome(assignment, kind, outcome)


def edit(response: Response, *, body: str, by: User, at: datetime) -> None:
    """Correct what was said: the former text stays as a version, and its first moment stays too."""
    text = body.strip()
    if not text:
        raise DomainError(_l("Tulis isi tanggapan."), field="body")
    if text == response.body:
        return
    response.versions.append(ResponseVersion(body=response.body, replaced_at=at, replaced_by_id=by.id))
    response.body, response.edited_at = text, at
    changes.touch(response.assignment)
    if response.kind in PUBLIC:
        changes.record("response_edited", response.assignment, at, response=response.id)


def resident_replied(assignment: Assignment, *, at: datetime) -> None:
    """The resident wrote: a clock that waited for it runs on, and the official is told."""
    changes.claim(assignment)
    changes.touch(assignment)
    letter = "duty_replied" if assignment.clock.paused_at else "duty_message"
    deadlines.resume(assignment.clock, at=at)
    assignment.unanswered_at = None
    letters.tell_holder(assignment, letter, at=at)


def question_lapsed(assignment: Assignment, *, at: datetime) -> None:
    """The question reached its cap without a reply: from now on a refusal as unclear is allowed."""
    changes.claim(assignment)
    changes.touch(assignment)
    assignment.unanswered_at = at
    changes.record("question_lapsed", assignment, at)
    letters.tell_holder(assignment, "duty_unanswered", at=at)


def _ask(assignment: Assignment, *, by: User, at: datetime) -> None:
    """A question pauses the clock; past the limit only somebody above the holder may ask."""
    holder = assignment.official
    is_above = holder is None or holder.user_id != by.id
    deadlines.pause(assignment.clock, at=at, with_supervisor=is_above)
    assignment.question_count += 1
    assignment.unanswered_at = None


def _resolve(assignment: Assignment, response: Response) -> None:
    assignment.responded_at = assignment.responded_at or response.at
    assignment.resolved_at = assignment.resolved_at or response.at
    assignment.state = AssignmentState.ANSWERED
    assignment.react_by = endings.react_by(response.at)
    deadlines.close(assignment.clock, at=response.at)
    workload.count_open(assignment.official_id, -1)
    owner = owners.of(assignment)
    if response.kind == ResponseKind.REFUSAL:
        owner.refused(assignment, response)
    else:
        owner.resolved(assignment, response)
