"""Feedback on one duty, between an official and somebody above: in place, or a page of its own."""

from typing import Any

from flask import abort, flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, htmx
from portal.assignments import feedback
from portal.assignments.models import Assignment
from portal.desk import policy
from portal.desk.queries import matter
from portal.desk.team_forms import FeedbackForm, FeedbackReplyForm
from portal.desk.views.blueprint import bp
from portal.errors import DomainError
from portal.i18n import _


@bp.get("/desk/<number>/feedback")
def feedback_on(number: str) -> ResponseReturnValue:
    authz.require(policy.may_use_desk(current_user))
    return _page(number, FeedbackForm(formdata=None), FeedbackReplyForm(formdata=None))


@bp.post("/desk/<number>/feedback")
def give_feedback(number: str) -> ResponseReturnValue:
    authz.require(policy.may_use_desk(current_user))
    assignment = matter.duty_or_404(number, current_user)
    authz.require(feedback.may_give(current_user, assignment))
    form = FeedbackForm()
    if form.validate():
        try:
            feedback.give(assignment, body=form.body.data or "", by=current_user, at=clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Umpan balik terkirim. Hanya Anda berdua yang membacanya."), "success")
            return htmx.go(url_for("desk.feedback_on", number=number))
    return _page(number, form, FeedbackReplyForm(formdata=None), status=422)


@bp.post("/desk/<number>/feedback/<int:feedback_id>/reply")
def reply_feedback(number: str, feedback_id: int) -> ResponseReturnValue:
    authz.require(policy.may_use_desk(current_user))
    found = feedback.of_one(feedback_id, current_user)
    authz.require(feedback.may_reply(current_user, found))
    form = FeedbackReplyForm()
    if form.validate():
        try:
            feedback.reply(found, body=form.body.data or "", at=clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Terima kasih, atasan Anda diberi tahu."), "success")
            return htmx.go(url_for("desk.feedback_on", number=number))
    return _page(number, FeedbackForm(formdata=None), form, replied_id=feedback_id, status=422)


def _page(
    number: str,
    form: FeedbackForm,
    reply_form: FeedbackReplyForm,
    *,
    replied_id: int | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    found = feedback.of(number, current_user)
    assignment = matter.duty(number, current_user)
    may_give = assignment is not None and feedback.may_give(current_user, assignment)
    if not found and not may_give and not _is_holder(assignment):
        abort(404)
    return htmx.render(
        "desk/feedback.html",
        block="feedback",
        status=status,
        number=number,
        assignment=assignment,
        found=found,
        open_replies={one.id for one in found if feedback.may_reply(current_user, one)},
        may_give=may_give,
        form=form,
        reply_form=reply_form,
        replied_id=replied_id,
    )


def _is_holder(assignment: Assignment | None) -> bool:
    holder: Any = assignment.official if assignment is not None else None
    return holder is not None and holder.user_id == current_user.id
