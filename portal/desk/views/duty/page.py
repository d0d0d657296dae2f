"""One duty, whatever it is about: what was asked, what was said, its clocks, and one box to answer in."""

from flask import abort, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, htmx
from portal.assignments import drafts, owners
from portal.desk import acts, policy
from portal.desk.queries import matter
from portal.desk.views.blueprint import bp
from portal.desk.views.duty import taking
from portal.i18n import _


@bp.get("/desk/<number>")
def show(number: str) -> ResponseReturnValue:
    authz.require(policy.may_open_duty(current_user))
    assignment = matter.duty(number, current_user)
    if assignment is None:
        return _sealed(number)
    draft = drafts.own(assignment, current_user)
    asked = request.args.get("act") or (draft.act if draft else "")
    act = acts.chosen(asked, acts.open_to(current_user, assignment))
    return taking.page(assignment, act, taking.form_of(act, assignment))


def _sealed(number: str) -> ResponseReturnValue:
    """Letters about its clock reach people who may not read it: they are led to what is public."""
    assignment = matter.near(number, current_user) or abort(404)
    flash(_("Isinya hanya untuk tim yang ditunjuk. Tenggatnya terlihat di halaman ini."), "info")
    return htmx.go(url_for(owners.of(assignment).endpoint, number=number))
