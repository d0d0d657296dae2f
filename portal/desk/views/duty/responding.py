"""What is said in a duty: an answer, news, a question, a note, the receipt."""

from datetime import datetime
from typing import Any

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, htmx
from portal.assignments import owners, services
from portal.assignments import policy as duties
from portal.assignments.models import Assignment
from portal.assignments.rules import ResponseKind
from portal.desk import acts, answering, duty_page, policy
from portal.desk.acts import Act
from portal.desk.views.blueprint import bp
from portal.desk.views.duty import evidence, taking
from portal.errors import DomainError
from portal.i18n import _

SPOKEN = {act.kind: act for act in acts.ACTS if act.endpoint == "desk.respond"}


@bp.post("/desk/<number>/responses")
def respond(number: str) -> ResponseReturnValue:
    authz.require(policy.may_open_duty(current_user))
    act = _spoken(request.form.get("kind", ""))
    if act is None:
        return _unspeakable(number)
    if act.kind is ResponseKind.ANSWER and (elsewhere := duty_page.answer_url(taking.matter_or_404(number))):
        return htmx.go(elsewhere)

    def say(assignment: Assignment, form: Any, at: datetime) -> str | None:
        if problems := evidence.take_in(assignment):
            raise DomainError(" ".join(problems))
        return answering.say(
            assignment,
            kind=act.kind or ResponseKind.NOTE,
            body=form.body.data or "",
            outcome=form.outcome.data if "outcome" in form else None,
            canned_version_id=taking.canned_version_id(assignment, form),
            by=current_user,
            at=at,
            expected_lock=form.expected_lock,
        )

    return taking.take(number, act, say)


@bp.post("/desk/<number>/acknowledgement")
def acknowledge(number: str) -> ResponseReturnValue:
    """One click: the resident reads that somebody has it. It stops no clock."""
    assignment = taking.matter_or_404(number)
    authz.require(duties.may_respond(current_user, assignment) and owners.of(assignment).has_resident)
    services.respond(assignment, kind=ResponseKind.ACKNOWLEDGEMENT, body="", by=current_user, at=clock.now())
    flash(_("Tanda terima terkirim. Tenggat tanggapan tetap berjalan."), "success")
    return htmx.go(url_for("desk.show", number=number))


def _spoken(kind: str) -> Act | None:
    return SPOKEN[ResponseKind(kind)] if kind in {str(known) for known in SPOKEN} else None


def _unspeakable(number: str) -> ResponseReturnValue:
    """No button of ours says that kind of thing: the answer box comes back with what was typed."""
    assignment = taking.matter_or_404(number)
    act = acts.BY_NAME["answer"]
    authz.require(acts.is_open(act, current_user, assignment))
    form = taking.form_of(act, assignment)
    form.refuse(DomainError(_("Pilih jenis tanggapannya, lalu kirim lagi.")))
    return taking.page(assignment, act, form, status=422)
