"""A thread asks the city: routed by the same rules as reports, with a clock from then on."""

from datetime import datetime

from portal.accounts.models import User
from portal.assignments import services as assignments
from portal.db import db
from portal.deadlines import queries as deadlines
from portal.deadlines.rules.stages import Matter
from portal.errors import DomainError
from portal.forum.models import Thread
from portal.forum.rules import Asked
from portal.forum.services import letters, record, writing
from portal.i18n import _l
from portal.routing import services as routing
from portal.routing.services import Routing


def ask(thread: Thread, *, reason: str, by: User, at: datetime, agency_id: int | None = None) -> None:
    """A moderator asks for an official answer; without an agency the rules find one, or nobody yet."""
    writing.claim(thread)
    if thread.asked_at is not None or thread.hidden_at is not None:
        raise DomainError(_l("Utas ini sudah diajukan, atau disembunyikan."))
    if not reason.strip():
        raise DomainError(_l("Tulis alasannya."), field="reason")
    found = _routing(thread, agency_id, at)
    if found.agency_id is not None:
        assignments.receiving_agency(found.agency_id, None)
    _ask(thread, Asked.MODERATOR, found, by=by, at=at, reason=reason.strip())


def give_to(thread: Thread, agency_id: int | None, *, by: User, at: datetime) -> None:
    """A moderator chooses the agency of a question for which no rule found one."""
    writing.claim(thread)
    if thread.asked_at is None or thread.assignment_id is not None:
        raise DomainError(_l("Pertanyaan ini sudah diserahkan kepada dinas."))
    agency = assignments.receiving_agency(agency_id, None)
    _dispose(thread, routing.route_to(agency.id, thread.area_code, at), by=by, at=at)


def ask_when_supported(thread: Thread, *, at: datetime) -> None:
    """The thread becomes a question by itself when enough people support it."""
    if thread.asked_at is not None or thread.supporter_count < supporters_needed(at):
        return
    writing.claim(thread)
    if thread.asked_at is None:
        _ask(thread, Asked.SUPPORTERS, _routing(thread, None, at), by=None, at=at)


def supporters_needed(at: datetime) -> int:
    """How many supporters make a thread a question, by the policy in force."""
    return deadlines.policy(at).thread_supporters


def _routing(thread: Thread, agency_id: int | None, at: datetime) -> Routing:
    if agency_id is not None:
        return routing.route_to(agency_id, thread.area_code, at)
    code = thread.category.category_code
    return routing.route(code, thread.area_code, at) if code else Routing(None, None)


def _ask(
    thread: Thread, because: Asked, found: Routing, *, by: User | None, at: datetime, reason: str = ""
) -> None:
    thread.asked_at, thread.asked_because, thread.asked_reason = at, because, reason
    thread.asked_by_id = by.id if by else None
    record.write(thread, "question_asked", at=at, because=because.value, supporters=thread.supporter_count)
    if found.agency_id is not None:
        _dispose(thread, found, by=by, at=at)
        return
    letters.tell(
        letters.moderators(), thread, "forum_unrouted", key="", at=at, path=f"/forum/{thread.number}/question"
    )


def _dispose(thread: Thread, found: Routing, *, by: User | None, at: datetime) -> None:
    thread.assignment = assignments.dispose(
        origin="thread",
        number=thread.number,
        title=thread.title,
        place=thread.area.name if thread.area else "",
        matter=Matter.THREAD_QUESTION,
        category_code=thread.category.category_code,
        area_code=thread.area_code,
        routing=found,
        is_confidential=False,
        excluded_agency_id=None,
        by=by,
        at=at,
        received_at=thread.asked_at,
    )
    db.session.flush()
    letters.tell(
        letters.audience(thread),
        thread,
        "forum_asked",
        key="",
        at=at,
        agency=thread.assignment.agency.name,
        supporters=thread.supporter_count,
        is_by_supporters=thread.asked_because is Asked.SUPPORTERS,
    )
