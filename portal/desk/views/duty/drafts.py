"""Keep what is being written; by a button, and as it is typed where the browser can."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, htmx
from portal.assignments import drafts
from portal.desk import acts, drafting
from portal.desk.views.blueprint import bp
from portal.desk.views.duty import taking
from portal.forms import cleaned
from portal.i18n import _

ONWARDS = {"canned": "desk.canned_answers"}  # where a button leads that keeps the words on the way


@bp.post("/desk/<number>/draft")
def save_draft(number: str) -> ResponseReturnValue:
    assignment = taking.matter_or_404(number)
    offered = acts.open_to(current_user, assignment)
    authz.require(bool(offered))
    act = acts.BY_NAME.get(request.form.get("act", ""), offered[0])
    is_kept = drafting.keep(assignment, act, cleaned(request.form), by=current_user, at=clock.now())
    if htmx.is_htmx():
        return render_template(
            "desk/duty/_draft_state.html",
            number=number,
            act=act,
            draft=drafts.own(assignment, current_user),
            is_stale=drafting.stale_since(assignment, current_user) is not None,
            writers=drafts.writers(assignment, current_user, clock.now()),
        )
    if endpoint := ONWARDS.get(request.form.get("then", "")):
        return htmx.go(url_for(endpoint, number=number, act=act.name))
    flash(_("Draf tersimpan.") if is_kept else _("Tidak ada yang disimpan, kotaknya kosong."), "info")
    return htmx.go(url_for("desk.show", number=number, act=act.name, _anchor="answer-box"))
