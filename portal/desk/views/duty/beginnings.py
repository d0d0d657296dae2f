"""Where an answer can begin: from a canned one, or from what was answered to an earlier matter like it."""

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, htmx
from portal.assignments import owners
from portal.assignments.models import Assignment
from portal.canned import queries as canned
from portal.canned import rules
from portal.desk import acts, drafting, filling
from portal.desk.acts import Act
from portal.desk.forms import whole_number
from portal.desk.queries import similar
from portal.desk.views.blueprint import bp
from portal.desk.views.duty import taking
from portal.forms import cleaned
from portal.i18n import _


@bp.get("/desk/<number>/canned-answers")
def canned_answers(number: str) -> ResponseReturnValue:
    """What the agency and the city keep ready, each as it would read in this duty."""
    assignment = taking.matter_or_404(number)
    act = _act(assignment, request.args.get("act", ""))
    known = filling.values(assignment, current_user, clock.now())
    return htmx.render(
        "desk/canned_choice.html",
        block="canned_choice",
        number=number,
        act=act,
        offered=[
            (one.version_id, one.title, rules.filled(one.body, known), one.is_own)
            for one in canned.offered(assignment.agency_id)
        ],
    )


@bp.get("/desk/<number>/similar")
def similar_answers(number: str) -> ResponseReturnValue:
    """Earlier matters like this one, and what was answered."""
    assignment = taking.matter_or_404(number)
    offered = [act for act in acts.open_to(current_user, assignment) if act.takes_words]
    return htmx.render(
        "desk/similar.html",
        block="similar_answers",
        number=number,
        act=offered[0] if offered else None,
        earlier=similar.answered_like(assignment, owners.of(assignment).brief(assignment).text),
    )


@bp.post("/desk/<number>/draft/beginning")
def begin(number: str) -> ResponseReturnValue:
    """Put a text behind what is typed: it is kept as a draft, and the box comes back with both."""
    assignment = taking.matter_or_404(number)
    act = _act(assignment, request.form.get("act", ""), request.form.get("for_act", ""))
    kept, sent = drafting.values_for(act, assignment, current_user), cleaned(request.form).to_dict()
    typed = {**kept, **sent}
    text, version_id = _asked(assignment)
    if not text:
        flash(_("Teks itu tidak tersedia lagi. Pilih yang lain."), "error")
        return htmx.go(url_for("desk.show", number=number, act=act.name))
    typed["body"] = rules.joined(typed.get("body") or typed.get("reason", ""), text)
    if version_id is not None:
        typed["canned"] = str(version_id)
    drafting.keep(assignment, act, typed, by=current_user, at=clock.now())
    if htmx.is_htmx():
        return taking.page(assignment, act, taking.drafted(act, assignment))
    return htmx.go(url_for("desk.show", number=number, act=act.name, _anchor="answer-box"))


def _asked(assignment: Assignment) -> tuple[str, int | None]:
    """The text to begin with, and the version of the canned answer that it is, if it is one; no text
    when there is none any more."""
    if earlier := request.form.get("earlier"):
        return similar.answer_of(earlier) or "", None
    version = canned.usable(whole_number(request.form.get("version")), assignment.agency_id)
    if version is None:
        return "", None
    known = filling.values(assignment, current_user, clock.now())
    return rules.filled(version.body, known), version.id


def _act(assignment: Assignment, *names: str) -> Act:
    """The act that the words are for: the first of the names that takes words for the resident and may be
    done now, or whichever may."""
    offered = {act.name: act for act in acts.open_to(current_user, assignment) if act.takes_words}
    authz.require(bool(offered))
    return next((offered[name] for name in names if name in offered), next(iter(offered.values())))
