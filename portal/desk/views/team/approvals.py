"""Answers that wait for the supervisor: read beside the matter, approved, or sent back with words."""

from typing import Any

from flask import abort, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, htmx
from portal.assignments import approvals, clocks, exhibits, owners
from portal.assignments.labels import BASIS, KIND
from portal.assignments.models import Assignment, PendingAnswer
from portal.assignments.rules import RefusalBasis
from portal.desk import forms, policy, story
from portal.desk.views.blueprint import bp
from portal.desk.views.duty import taking
from portal.errors import Conflict, DomainError
from portal.i18n import _
from portal.organisation import queries as organisation
from portal.routing.queries import city_day


@bp.get("/team/approvals")
def approvals_waiting() -> ResponseReturnValue:
    authz.require(policy.may_use_desk(current_user))
    waiting = approvals.waiting_for(current_user, city_day(clock.now()))
    if htmx.is_htmx() and not waiting:
        return ""  # laid into the team's page, nothing is said where nothing waits
    me = organisation.official_of(current_user)
    return htmx.render(
        "desk/approvals.html",
        block="approval_list",
        waiting=waiting,
        kinds=KIND,
        agency=me.agency if me else None,
        is_laid_in=htmx.is_htmx(),
    )


@bp.get("/desk/<number>/approval")
def approval(number: str) -> ResponseReturnValue:
    assignment = taking.matter_or_404(number)
    pending = _pending(assignment)
    if pending is None:
        flash(_("Jawaban ini tidak lagi menunggu persetujuan."), "info")
        return htmx.go(url_for(".show", number=number))
    return _page(assignment, pending, forms.ApprovalForm(formdata=None))


@bp.post("/desk/<number>/approval")
def decide_approval(number: str) -> ResponseReturnValue:
    assignment = taking.matter_or_404(number)
    pending = _pending(assignment) or abort(404)
    form, at = forms.ApprovalForm(), clock.now()
    if form.validate_on_submit():
        try:
            if request.form.get("decision") == "approve":
                approvals.approve(pending, by=current_user, at=at, expected_lock=form.expected_lock)
                done = _("Disetujui. Jawaban kini terbit atas nama petugasnya.")
            else:
                approvals.send_back(pending, words=form.words.data or "", by=current_user, at=at)
                done = _("Dikembalikan kepada petugasnya beserta catatan Anda.")
        except Conflict:
            form.refuse(
                DomainError(_("Tugas ini berubah sejak Anda membukanya. Baca yang baru, lalu putuskan."))
            )
        except DomainError as error:
            form.refuse(error)
        else:
            flash(done, "success")
            return htmx.go(taking.next_page(assignment))
    return _page(assignment, pending, form, status=422)


@bp.post("/desk/<number>/approval/withdrawal")
def take_back_answer(number: str) -> ResponseReturnValue:
    """Its writer wants to change it; it is a draft again."""
    assignment = taking.matter_or_404(number)
    pending = assignment.pending or abort(404)
    authz.require(approvals.may_take_back(current_user, pending))
    act = approvals.ACTS[pending.kind]
    try:
        approvals.take_back(pending, by=current_user, at=clock.now())
    except DomainError as error:
        flash(str(error), "error")
    return htmx.go(url_for(".show", number=number, act=act, _anchor="answer-box"))


def _pending(assignment: Assignment) -> PendingAnswer | None:
    """What waits in the duty, for those who may approve it."""
    pending = assignment.pending
    if pending is not None:
        authz.require(approvals.may_approve(current_user, pending, city_day(clock.now())))
    return pending


def _page(
    assignment: Assignment, pending: PendingAnswer, form: Any, *, status: int = 200
) -> ResponseReturnValue:
    """The answer beside the matter, and what happened to the duty since it was submitted."""
    form.lock.raw_data = form.lock.data = str(assignment.lock)  # the state that is shown here
    owner = owners.of(assignment)
    brief = owner.brief(assignment)
    steps = story.steps(assignment, brief)
    basis, outcome = pending.details.get("basis"), pending.details.get("outcome")
    photos = [one for one in assignment.unsent_photos if one.added_by_id == pending.author_id]
    return htmx.render(
        "desk/approval.html",
        block="main",
        status=status,
        number=assignment.number,
        assignment=assignment,
        pending=pending,
        kind_label=KIND[pending.kind],
        basis_label=BASIS[RefusalBasis(basis)] if basis else "",
        outcome_label=owner.outcomes.get(outcome, "") if outcome else "",
        brief=brief,
        marks=story.marks(assignment, brief),
        evidence=exhibits.of_photos(photos, assignment.number),
        clocks_shown=clocks.of(assignment, clock.now()),
        since=[step for step in steps if step.at > pending.submitted_at],
        steps=steps,
        form=form,
    )
