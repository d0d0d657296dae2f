"""Where the responsible official writes what changes because of the answers."""

from typing import cast

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from portal import authz, clock, htmx
from portal.assignments import clocks
from portal.assignments import policy as duties
from portal.assignments.models import Assignment
from portal.errors import Conflict, DomainError
from portal.i18n import _
from portal.surveys import queries, services, words
from portal.surveys.forms import ChangesForm
from portal.surveys.models import Survey
from portal.surveys.views.blueprint import bp


@bp.get("/<number>/changes")
@login_required
def edit_changes(number: str) -> ResponseReturnValue:
    survey = queries.survey_or_404(number)
    duty = _duty(survey)
    return _page(survey, duty, ChangesForm(formdata=None, data={"lock": duty.lock}))


@bp.post("/<number>/changes")
@login_required
def publish_changes(number: str) -> ResponseReturnValue:
    survey, form = queries.survey_or_404(number), ChangesForm()
    duty = _duty(survey)
    if not form.validate():
        return _page(survey, duty, form, 422)
    try:
        services.publish_changes(
            survey, body=form.body.data or "", by=current_user, at=clock.now(), seen=form.seen
        )
    except DomainError as error:
        form.refuse(error)
        if isinstance(error, Conflict):
            form.lock.data = str(duty.lock)
        return _page(survey, duty, form, 422)
    flash(_("Tindak lanjut sudah terbit di halaman survei."), "success")
    return htmx.go(url_for(".show", number=number))


def _duty(survey: Survey) -> Assignment:
    """The duty to say what changes, for those who may say it."""
    duty = survey.assignment
    authz.require(duty is not None and duties.may_respond(current_user, duty))
    return cast(Assignment, duty)


def _page(survey: Survey, duty: Assignment, form: ChangesForm, status: int = 200) -> ResponseReturnValue:
    result = queries.published_document(survey)
    return render_template(
        "surveys/changes.html",
        survey=survey,
        form=form,
        result=result,
        weakest=words.weakest(words.lines(survey, result)),
        clocks_shown=clocks.of(duty, clock.now()),
        words=words,
    ), status
