"""How the answer box takes an act: do it and lead on, or show the duty again with what was typed."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, htmx
from portal.assignments import drafts
from portal.assignments import queries as assignments
from portal.assignments.models import Assignment
from portal.canned import queries as canned
from portal.db import db
from portal.desk import acts, drafting, duty_page, policy
from portal.desk.acts import Act
from portal.desk.forms import whole_number
from portal.desk.queries import matter
from portal.desk.views import choices
from portal.errors import Conflict, DomainError
from portal.forms import cleaned

Do = Callable[[Assignment, Any, datetime], object]


def take(number: str, act: Act, do: Do) -> ResponseReturnValue:
    """Do what the act's form says; `do` raises a DomainError where it cannot be done, and may return a
    sentence that is told instead of the act's own.

    What was typed is never lost and never overwrites: when the duty changed in the meantime it becomes a
    draft, the page shows what happened, and it has to be sent again.
    """
    assignment = matter_or_404(number)
    form = form_of(act, assignment)
    if not acts.is_open(act, current_user, assignment):
        was_there = form.expected_lock not in (None, assignment.lock)
        authz.require(policy.may_use_desk(current_user) and was_there)
        return _overtaken(assignment, act, form)
    if form.validate_on_submit():
        try:
            done = do(assignment, form, clock.now())
        except Conflict:
            return _overtaken(assignment, act, form)
        except DomainError as error:
            form.refuse(error)
        else:
            drafts.discard(assignment, by=current_user)
            flash(done if isinstance(done, str) else str(act.done), "success")
            return htmx.go(next_page(assignment))
    return page(assignment, act, form, status=422)


def page(
    assignment: Assignment, act: Act | None, form: Any, *, since: int | None = None, status: int = 200
) -> ResponseReturnValue:
    """The duty with the act's form in the answer box; `since` counts the lines of its story that the
    person had seen when they sent what could not be done."""
    values = duty_page.values(assignment, current_user, act, form, since=since, at=clock.now())
    if form is not None:  # the state that is shown here
        form.lock.raw_data = form.lock.data = str(assignment.lock)
        form.seen.raw_data = form.seen.data = str(len(values["steps"]))
    return htmx.render(
        "desk/show.html",
        block="answer_box",
        status=status,
        receiver=choices.receiver(form),
        **values,
    )


def _overtaken(assignment: Assignment, act: Act, form: Any) -> ResponseReturnValue:
    """Somebody was faster: their words are shown, and what was typed waits in the box as a draft."""
    since = whole_number(form.seen.data) or 0
    drafting.keep(assignment, act, cleaned(request.form), by=current_user, at=clock.now())
    offered = acts.open_to(current_user, assignment)
    if act not in offered:
        act_now = acts.chosen("", offered)
        return page(assignment, act_now, drafted(act_now, assignment), since=since, status=422)
    return page(assignment, act, form, since=since, status=422)


def matter_or_404(number: str) -> Assignment:
    """The duty, for those who may open it."""
    authz.require(policy.may_open_duty(current_user))
    return matter.duty_or_404(number, current_user)


def form_of(act: Act | None, assignment: Assignment) -> Any:
    """The form of an act with its choices and what was sent; on a page that is opened, with the draft."""
    if request.method != "POST":
        return drafted(act, assignment)
    return _made(act, assignment, formdata=request.form)


def drafted(act: Act | None, assignment: Assignment) -> Any:
    """The form of an act as the person's draft fills it; None without an act."""
    known = drafting.values_for(act, assignment, current_user) if act else {}
    return _made(act, assignment, formdata=None, data=known)


def _made(act: Act | None, assignment: Assignment, **content: Any) -> Any:
    if act is None:
        return None
    form = acts.form_of(act, assignment)(**content)
    choices.fill(form, assignment, at=clock.now())
    return form


def canned_version_id(assignment: Assignment, form: Any) -> int | None:
    """The canned answer that the words began with, if the agency may use it."""
    version = canned.usable(form.canned_version_id, assignment.agency_id)
    return version.id if version else None


def found(model: type[Any], identity: int | None) -> Any:
    """The row that was chosen; None where nothing was."""
    return db.session.get(model, identity) if identity is not None else None


def next_page(assignment: Assignment) -> str:
    """Back to the duty, as long as the person may still read it; else to the desk."""
    db.session.flush()
    if assignments.may_still_read(assignment, current_user):
        return url_for("desk.show", number=assignment.number)
    return url_for("desk.index")
