"""How the answer box takes an act: do it and lead on, or show the duty again with what was typed."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, htmx
from portal.assignments import queries as assignments
from portal.assignments.models import Assignment
from portal.db import db
from portal.desk import acts, duty_page, policy
from portal.desk.acts import Act
from portal.desk.queries import matter
from portal.desk.views import choices
from portal.errors import DomainError

Do = Callable[[Assignment, Any, datetime], object]


def take(number: str, act: Act, do: Do) -> ResponseReturnValue:
    """Do what the act's form says; `do` raises a DomainError where it cannot be done."""
    assignment = matter_or_404(number)
    authz.require(acts.is_open(act, current_user, assignment))
    form = form_of(act, assignment)
    if form.validate_on_submit():
        try:
            do(assignment, form, clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            flash(str(act.done), "success")
            return htmx.go(next_page(assignment))
    return page(assignment, act, form, status=422)


def page(assignment: Assignment, act: Act | None, form: Any, *, status: int = 200) -> ResponseReturnValue:
    """The duty with the act's form in the answer box."""
    if form is not None:
        form.lock.raw_data = form.lock.data = str(assignment.lock)  # the state that is shown here
    return htmx.render(
        "desk/show.html",
        block="answer_box",
        status=status,
        receiver=choices.receiver(form),
        **duty_page.values(assignment, current_user, act, form, at=clock.now()),
    )


def matter_or_404(number: str) -> Assignment:
    """The duty, for those who may open it."""
    authz.require(policy.may_open_duty(current_user))
    return matter.duty_or_404(number, current_user)


def form_of(act: Act | None, assignment: Assignment) -> Any:
    """The form of an act with its choices, filled with what was sent; None without an act."""
    if act is None:
        return None
    form = acts.form_of(act, assignment)(formdata=request.form if request.method == "POST" else None)
    choices.fill(form, assignment, at=clock.now())
    return form


def found(model: type[Any], identity: int | None) -> Any:
    """The row that was chosen; None where nothing was."""
    return db.session.get(model, identity) if identity is not None else None


def next_page(assignment: Assignment) -> str:
    """Back to the duty, as long as the person may still read it; else to the desk."""
    db.session.flush()
    if assignments.may_still_read(assignment, current_user):
        return url_for("desk.show", number=assignment.number)
    return url_for("desk.index")
