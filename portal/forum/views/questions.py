"""Questions to the city: a moderator asks or chooses who is asked, the author judges the answer."""

from flask import abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from portal import authz, clock, htmx
from portal.assignments.rules import Verdict
from portal.errors import DomainError
from portal.forum import forms, listing, policy, queries, services
from portal.forum.models import Thread
from portal.forum.views.blueprint import bp
from portal.i18n import _
from portal.organisation import queries as organisation
from portal.routing import queries as routing
from portal.surveys import verdicts


@bp.get("/unrouted")
@login_required
def unrouted() -> ResponseReturnValue:
    """Questions for which no rule found an agency."""
    authz.require(policy.may_moderate(current_user))
    return render_template("forum/unrouted.html", lines=listing.rows(queries.unrouted()))


@bp.get("/<number>/question")
@login_required
def question(number: str) -> ResponseReturnValue:
    return _question_page(_askable(number), forms.QuestionForm(formdata=None))


@bp.post("/<number>/question")
@login_required
def ask(number: str) -> ResponseReturnValue:
    thread = _askable(number)
    form = _with_agencies(forms.QuestionForm(), thread)
    if not form.validate():
        return _question_page(thread, form, 422)
    try:
        if thread.asked_at is None:
            services.ask(
                thread,
                reason=form.reason.data or "",
                agency_id=form.agency.data,
                by=current_user,
                at=clock.now(),
            )
        else:
            services.give_to(thread, form.agency.data, by=current_user, at=clock.now())
    except DomainError as error:
        form.refuse(error)
        return _question_page(thread, form, 422)
    flash(_("Pertanyaan sudah diajukan. Tenggatnya tampak di halaman utas."), "success")
    return htmx.go(url_for(".show", number=thread.number))


@bp.get("/<number>/verdict")
@login_required
def verdict(number: str) -> ResponseReturnValue:
    return _verdict_page(_own_question(number), forms.VerdictForm(formdata=None))


@bp.post("/<number>/verdict")
@login_required
def judge(number: str) -> ResponseReturnValue:
    thread, form = _own_question(number), forms.VerdictForm()
    if not form.validate():
        return _verdict_page(thread, form, 422)
    try:
        services.judge(
            thread,
            verdict=Verdict(form.verdict.data),
            stars=int(form.stars.data) if form.stars.data else None,
            comment=form.comment.data or "",
            at=clock.now(),
        )
    except DomainError as error:
        form.refuse(error)
        return _verdict_page(thread, form, 422)
    flash(_("Terima kasih. Penilaian Anda sudah dicatat."), "success")
    return htmx.go(url_for(".show", number=thread.number))


@bp.post("/<number>/reopening")
@login_required
def reopen(number: str) -> ResponseReturnValue:
    thread = _own_question(number)
    try:
        services.reopen(thread, at=clock.now())
        flash(_("Pertanyaan Anda dibuka kembali. Tenggat lamanya berjalan terus."), "success")
    except DomainError as error:
        flash(str(error), "error")
    return htmx.go(url_for(".show", number=thread.number))


def _askable(number: str) -> Thread:
    thread = queries.thread_or_404(number)
    authz.require(policy.may_moderate(current_user))
    return thread if policy.may_ask(current_user, thread) else abort(404)


def _own_question(number: str) -> Thread:
    thread = queries.thread_or_404(number)
    authz.require(policy.is_author(current_user, thread))
    return thread if thread.assignment is not None else abort(404)


def _with_agencies(form: forms.QuestionForm, thread: Thread) -> forms.QuestionForm:
    nobody = _("Menurut aturan penyaluran") if thread.asked_at is None else _("Pilih dinas")
    agencies = organisation.receivers(routing.city_day(clock.now()))
    form.agency.choices = [("", nobody), *((one.id, one.name) for one in agencies)]
    return form


def _question_page(thread: Thread, form: forms.QuestionForm, status: int = 200) -> ResponseReturnValue:
    page = render_template("forum/question.html", thread=thread, form=_with_agencies(form, thread))
    return page, status


def _verdict_page(thread: Thread, form: forms.VerdictForm, status: int = 200) -> ResponseReturnValue:
    assert thread.assignment is not None  # noqa: S101  # _own_question
    return render_template(
        "forum/verdict.html",
        thread=thread,
        form=form,
        may_judge=verdicts.may_judge(thread.assignment),
        may_reopen=verdicts.may_reopen(thread.assignment, at=clock.now()),
    ), status
