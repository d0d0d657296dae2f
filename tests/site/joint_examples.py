"""Examples for evidence, help, approval and correction: on one duty of the official."""

from typing import Any

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments import approvals, contributions, corrections, evidence, services
from portal.assignments.rules import ResponseKind
from portal.categories.models import Category
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.organisation.models import Official
from tests.assignments.photos import photo
from tests.builders import MONDAY, make_category, make_report

PHOTO = ("desk.original", "desk.explain", "desk.answer_dispute")
DISPUTE = ("duties.dispute_evidence", "duties.send_dispute")
REQUEST = ("desk.help_request", "desk.give_help")
APPROVAL = ("desk.approval", "desk.decide_approval", "desk.take_back_answer")
APART = ("desk.help_requests", "desk.approvals_waiting", "desk.category_wishes")
# Photos of the own draft, requests that are open: made while writing.
FLEETING = ("desk.remove_evidence", "desk.withdraw_request")


def parts(category: Category, people: dict[str, User | None]) -> dict[str, dict[str, Any]]:
    """The supervisor is asked for help, the head has helped, an answer waits, a correction is wished."""
    by = people[Role.OFFICIAL]
    assert by is not None
    duty = make_report(category, by=people[Role.RESIDENT]).assignment
    assert duty is not None
    shown = evidence.add(duty, photo(), by=by, at=MONDAY)
    said = {"by": by, "at": MONDAY}
    services.respond(duty, kind=ResponseKind.INTERIM, body="Sudah ditambal.", **said)
    evidence.dispute(shown, reason="Bukan di sini.", at=MONDAY)
    words = {"question": "Milik siapa?", **said}
    request = contributions.ask(duty, to_official=_official(people[Role.SUPERVISOR]), **words)
    head = people[Role.HEAD]
    assert head is not None
    asked = contributions.ask(duty, to_official=_official(head), **words)
    given = contributions.give(asked, body="Milik kota.", by=head, at=MONDAY)
    approvals.submit(duty, kind=ResponseKind.ANSWER, body="Selesai.", **said)
    sealed = make_category(category_class=CategoryClass.CONFIDENTIAL)
    wish = corrections.correct(duty, category=sealed, area=None, reason="Rahasia.", **said)
    there = {"number": duty.number}
    return {
        **{name: {**there, "photo_id": shown.id} for name in (*PHOTO, *DISPUTE)},
        **{name: {**there, "request_id": request.id} for name in REQUEST},
        **dict.fromkeys(APPROVAL, there),
        **{name: {} for name in (*APART, *FLEETING)},
        "desk.copy_contribution": {**there, "response_id": given.id},
        "desk.decide_category": {"correction_id": wish.id},
    }


def _official(user: User | None) -> Official:
    assert user is not None
    return db.session.scalars(db.select(Official).filter_by(user_id=user.id)).one()
