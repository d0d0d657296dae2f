"""Drafts between the questions: kept while they are typed, found again, taken away."""

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from limits import parse_many
from werkzeug.exceptions import HTTPException

from portal import clock, config, error_pages, htmx, page_context
from portal.i18n import _
from portal.reports.filing import covered, drafts, keeping, rules
from portal.reports.filing.rules import Answers, Step
from portal.reports.filing.views import frame, pages
from portal.reports.filing.views.base import bp
from portal.security import limiter

STEPS = ", ".join(Step)
TYPING_LIMIT = "60 per minute"  # of one draft; a page asks every few seconds at most


@bp.get("/<token>")
def resume(token: str) -> ResponseReturnValue:
    """Where the writer stopped: what was typed and not sent on first, then what was never asked."""
    draft = frame.draft_or_leave(token)
    answers = Answers.read(draft.data)
    added = frame.added_steps(answers)
    waiting = [step for step in rules.steps(added) if keeping.waiting(draft.pages, step)]
    step = next(iter(waiting), None) or rules.missing(answers, added) or Step.CHECK
    return redirect(frame.url(step, token))


@bp.post("/typed")
@limiter.limit(lambda: config.current().filing_limit)
def begin_typed() -> ResponseReturnValue:
    """The first page while it is typed on: from now on it is the page of a draft."""
    token = frame.begun() or frame.begin(Answers())
    frame.draft_or_leave(token)
    answer = make_response(_kept(Step.WHAT), 201)
    answer.headers["Location"] = frame.url(Step.WHAT, token)
    return answer


@bp.post(f"/<token>/<any({STEPS}):step>/typed")
@limiter.limit(TYPING_LIMIT, key_func=lambda: str((request.view_args or {}).get("token")))
def keep_typed(token: str, step: str) -> ResponseReturnValue:
    """A page while it is typed on, or left: its words wait in the draft."""
    frame.draft_or_leave(token)
    return _kept(Step(step))


@bp.post("/<token>/removal")
def remove(token: str) -> ResponseReturnValue:
    """The writer thinks better of it: nothing of it stays."""
    drafts.forget(frame.draft_or_leave(token))
    pages.forget(token)
    flash(_("Draf sudah dihapus beserta fotonya."), "success")
    return htmx.go(url_for("pages.home"))


@bp.errorhandler(CSRFError)
def go_on_without_session(error: CSRFError) -> ResponseReturnValue:
    """The session is over, what was typed is not: it waits on the same page, to be sent again.

    Nothing is answered or sent in the writer's name. That needs no token: the address is the secret.
    """
    step = pages.step_asked()
    token = (request.view_args or {}).get("token") or frame.begun()
    is_ours = pages.is_on_page() and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    if step is None or not is_ours:
        return error_pages.answer(error)
    try:
        if token is None:
            _count_new()
            token = frame.begin(Answers())
        frame.draft_or_leave(token)
    except HTTPException as elsewhere:  # too many, to sign in, to the receipt, or back to the question before
        return error_pages.answer(elsewhere)
    flash(_("Sesi Anda sudah berakhir, tetapi isian Anda tersimpan. Periksa, lalu lanjutkan."), "warn")
    return frame.go(step, token)


def _count_new() -> None:
    """The session is looked at before an address's limits are, so here nothing was counted yet."""
    for limit in parse_many(config.current().filing_limit):
        if not limiter.limiter.hit(limit, "filing-without-session", request.remote_addr or ""):
            abort(429)


def _kept(step: Step) -> ResponseReturnValue:
    """Tells the page that its words are kept, and how the public will read them."""
    hints = [text for _tone, text in page_context.flashes()]
    found = covered.in_page(step, pages.typed())
    return render_template("reports/new/_kept.html", at=clock.now(), covered=found, hints=hints)
