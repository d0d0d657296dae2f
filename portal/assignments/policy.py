"""Who may do what with a duty. Who may see it at all: `queries.visible_to`."""

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments import owners
from portal.assignments.models import Assignment, Extension, Response, ResponsePhoto
from portal.assignments.rules import (
    HELP,
    INTERNAL,
    MAX_HOPS,
    NEEDS_APPROVAL,
    UNANSWERED,
    AssignmentState,
    ResponseKind,
)
from portal.categories.rules import CategoryClass
from portal.organisation import policy as organisation
from portal.routing.rules import Basis

NOT_EDITED = HELP | {ResponseKind.TRANSFER}


def may_respond(user: User, assignment: Assignment) -> bool:
    """The holder, or whoever stands above, as long as the duty is open."""
    return assignment.state == AssignmentState.OPEN and _holds_or_leads(user, assignment)


def needs_approval(user: User, assignment: Assignment, kind: ResponseKind) -> bool:
    """Must the one above read it before it is published? Where the agency wants that, and for its holder:
    whoever stands above says it at once. What is written on the owner's own page is published there, and
    sealed matters are read by nobody but their team."""
    holder = assignment.official
    is_sealed = assignment.category and assignment.category.category_class is CategoryClass.CONFIDENTIAL
    return (
        kind in NEEDS_APPROVAL
        and assignment.agency.needs_approval
        and holder is not None
        and holder.user_id == user.id
        and holder.supervisor_id is not None
        and owners.of(assignment).answer_endpoint is None
        and not is_sealed
    )


def may_contribute(user: User, request: Response) -> bool:
    """Whoever was asked for help, until they answered."""
    asked = request.to_official
    return (
        request.kind == ResponseKind.CONSULTATION
        and request.settled_at is None
        and asked is not None
        and user.is_authenticated
        and asked.user_id == user.id
    )


def may_explain(user: User, photo: ResponsePhoto) -> bool:
    """The holder, or whoever stands above, says something to a photo that was disputed; once."""
    is_waiting = photo.disputed_at is not None and photo.replied_at is None
    return is_waiting and photo.response is not None and may_note(user, photo.response.assignment)


def may_correct(user: User, assignment: Assignment) -> bool:
    """Who holds a running duty, and moderators."""
    is_running = assignment.state in UNANSWERED
    return is_running and (_holds_or_leads(user, assignment) or _has(user, Role.MODERATOR))


def may_note(user: User, assignment: Assignment) -> bool:
    """Internal notes stay possible after the answer."""
    return _holds_or_leads(user, assignment)


def may_transfer(user: User, assignment: Assignment) -> bool:
    """To another agency, until moderators must decide."""
    return may_respond(user, assignment) and assignment.hop_count < MAX_HOPS


def may_send_back(user: User, assignment: Assignment) -> bool:
    """To the moderators: once by a receiver who has said nothing yet, and by anyone after the last hop."""
    if not may_respond(user, assignment):
        return False
    return assignment.hop_count >= MAX_HOPS or _is_fresh_transfer(assignment)


def may_redispose(user: User, assignment: Assignment) -> bool:
    """Moderators decide whose a returned duty is."""
    return assignment.state == AssignmentState.RETURNED and _has(user, Role.MODERATOR)


def may_reassign(user: User, assignment: Assignment) -> bool:
    """Whoever stands above the holder chooses another official of the agency."""
    return assignment.state == AssignmentState.OPEN and organisation.may_direct(user, assignment.official)


def may_ask_extension(user: User, assignment: Assignment) -> bool:
    return may_respond(user, assignment)


def may_decide_extension(user: User, extension: Extension) -> bool:
    """Whoever stands above the holder; nobody decides their own wish."""
    return (
        extension.decided_at is None
        and extension.asked_by_id != user.id
        and organisation.may_direct(user, extension.assignment.official)
    )


def may_edit(user: User, response: Response) -> bool:
    """Whoever wrote it, while they still stand for the duty; a transfer is done and stays as it is, a
    request for help and its answer are said, and what was approved was approved in these words."""
    return (
        response.kind not in NOT_EDITED
        and not _was_approved(user, response)
        and _has(user, Role.OFFICIAL, Role.SUPERVISOR, Role.HEAD)
        and response.author_id == user.id
        and response.assignment.state != AssignmentState.CLOSED
    )


def _was_approved(user: User, response: Response) -> bool:
    """Was it, or would it be, read by somebody above? Also of a duty that the writer holds no longer."""
    assignment = response.assignment
    return (
        response.kind in NEEDS_APPROVAL
        and assignment.agency.needs_approval
        and owners.of(assignment).answer_endpoint is None
        and not organisation.may_direct(user, assignment.official)
        and (needs_approval(user, assignment, response.kind) or not _holds_or_leads(user, assignment))
    )


def _holds_or_leads(user: User, assignment: Assignment) -> bool:
    official = assignment.official
    if official is None or not user.is_authenticated:
        return False
    return official.user_id == user.id or organisation.may_direct(user, official)


def _is_fresh_transfer(assignment: Assignment) -> bool:
    """It came by transfer, nobody declined it before, and nothing public was said since."""
    said = [one for one in assignment.responses if one.kind not in INTERNAL]
    return (
        assignment.decline_count == 0
        and assignment.routing_reason.get("basis") == Basis.TRANSFER
        and bool(said)
        and said[-1].kind == ResponseKind.TRANSFER
    )


def _has(user: User, *roles: Role) -> bool:
    return bool(user.is_authenticated and user.roles & set(roles))
