"""A refusal of a duty: what was asked for is not done, on a basis."""

from datetime import datetime
from typing import Any

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, htmx
from portal.assignments.models import Assignment
from portal.assignments.rules import RefusalBasis, ResponseKind
from portal.desk import acts, answering, drafting
from portal.desk.forms import OF_THE_CITY
from portal.desk.views import choices
from portal.desk.views.blueprint import bp
from portal.desk.views.duty import taking
from portal.forms import plain
from portal.i18n import _


@bp.post("/desk/<number>/refusal")
def refuse(number: str) -> ResponseReturnValue:
    if _belongs_to_the_city():
        return _lead_to_transfer(taking.matter_or_404(number))

    def say(assignment: Assignment, form: Any, at: datetime) -> str | None:
        return answering.say(
            assignment,
            kind=ResponseKind.REFUSAL,
            basis=form.grounds["basis"],
            outside_body=choices.body_of(form),
            duplicate_of=form.grounds["duplicate_of"],
            body=form.body.data or "",
            by=current_user,
            at=at,
            expected_lock=form.expected_lock,
        )

    return taking.take(number, acts.BY_NAME["refuse"], say)


def _belongs_to_the_city() -> bool:
    """Not competent, because another agency of the city is: that is no refusal."""
    typed = request.form
    return typed.get("basis") == RefusalBasis.NOT_COMPETENT and typed.get("outside_body") == OF_THE_CITY


def _lead_to_transfer(assignment: Assignment) -> ResponseReturnValue:
    """What was typed becomes the draft of the transfer's reason."""
    act = acts.BY_NAME["transfer"]
    authz.require(acts.is_open(act, current_user, assignment))
    typed = {"body": plain(request.form.get("body")), "lock": request.form.get("lock", "")}
    drafting.keep(assignment, act, typed, by=current_user, at=clock.now())
    flash(_("Urusan dinas lain di kota ini dialihkan, bukan ditolak. Tulisan Anda kami simpan."), "info")
    return htmx.go(url_for("desk.show", number=assignment.number, act=act.name) + "#answer-box")
