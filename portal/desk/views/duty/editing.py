"""Correct what was said: the former words stay as a version, the first moment stays too."""

from typing import Any

from flask import abort, flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, htmx
from portal.assignments import policy, services
from portal.assignments.models import Response
from portal.desk import forms
from portal.desk.policy import may_open_duty
from portal.desk.queries import matter
from portal.desk.views.blueprint import bp
from portal.errors import DomainError
from portal.i18n import _


@bp.get("/desk/<number>/responses/<int:response_id>")
def edit_response(number: str, response_id: int) -> ResponseReturnValue:
    response = _own(number, response_id)
    return _page(number, response, forms.ResponseForm(formdata=None, body=response.body))


@bp.post("/desk/<number>/responses/<int:response_id>")
def update_response(number: str, response_id: int) -> ResponseReturnValue:
    response = _own(number, response_id)
    form = forms.ResponseForm()
    if form.validate_on_submit():
        try:
            services.edit(response, body=form.body.data or "", by=current_user, at=clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Perubahan tersimpan. Versi sebelumnya tetap tercatat."), "success")
            return htmx.go(url_for("desk.show", number=number))
    return _page(number, response, form, status=422)


def _own(number: str, response_id: int) -> Response:
    """The response, if it belongs to the matter and the person may correct it."""
    authz.require(may_open_duty(current_user))
    said = matter.duty_or_404(number, current_user).responses
    found = next((one for one in said if one.id == response_id), None) or abort(404)
    authz.require(policy.may_edit(current_user, found))
    return found


def _page(number: str, response: Response, form: Any, *, status: int = 200) -> ResponseReturnValue:
    return htmx.render(
        "desk/edit_response.html",
        block="main",
        status=status,
        number=number,
        response=response,
        form=form,
    )
