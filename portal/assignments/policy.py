"""Who may do what with a duty. Who may see it at all: `queries.visible_to`."""

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments.models import Assignment, Extension, Response
from portal.assignments.rules import INTERNAL, MAX_HOPS, AssignmentState, ResponseKind
from portal.organisation import policy as organisation
from portal.routing.rules import Basis


def may_respond(user: User, assignment: Assignment) -> bool:
    """The holder, or whoever stands above, as long as the duty is open."""
    return assignment.state == AssignmentState.OPEN and _holds_or_leads(user, assignment)


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
    """Whoever wrote it, while they still stand for the duty; a transfer is done and stays as it is."""
    return (
        response.kind != ResponseKind.TRANSFER
        and _has(user, Role.OFFICIAL, Role.SUPERVISOR, Role.HEAD)
        and response.author_id == user.id
        and response.assignment.state != AssignmentState.CLOSED
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
