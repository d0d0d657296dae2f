"""What stands typed on a page of filing: kept when it is sent, refused, left, or when its session is over."""

import re
from datetime import timedelta
from typing import NoReturn

from flask import abort, flash, g, request, session, url_for
from markupsafe import Markup
from werkzeug.exceptions import RequestEntityTooLarge

from portal import clock, htmx
from portal.accounts.models import User
from portal.db import READING
from portal.forms import Form, cleaned
from portal.i18n import _
from portal.reports.filing import drafts, keeping, queries
from portal.reports.filing.keeping import Typed
from portal.reports.filing.rules import Step
from portal.reports.models import ReportDraft

TOKEN = re.compile(r"[A-Za-z0-9_-]{24,64}")  # made here, or by a page before it had a line
FRESH = timedelta(hours=1)
REMEMBERED = "draft"  # in the session: the draft that this browser began last


def step_asked() -> Step | None:
    """The question whose page is shown or sent by this request; None for other addresses."""
    name = (request.endpoint or "").rpartition(".")[2].removeprefix("save_")
    if name in ("create", "begin_typed"):
        return Step.WHAT
    name = (request.view_args or {}).get("step", name)
    return Step(name) if name in list(Step) else None


def typed() -> Typed:
    """What stands on the page that was sent."""
    try:
        return keeping.typed_of(cleaned(request.form).items(multi=True))
    except keeping.TooMuch as error:
        raise RequestEntityTooLarge from error


def receive(draft: ReportDraft, token: str, who: User | None) -> None:
    """Note whose draft it is and what its page says; send others away."""
    if draft.owner_id is not None and who is not None and who.id != draft.owner_id:
        abort(404)
    step, g.draft = step_asked(), draft
    if request.method in READING:
        _lay_out(draft, step)
    elif step is not None and is_on_page():
        keep(draft, step, token)
    if who is None and draft.owner_id is not None:
        _ask_owner_to_sign_in(token)
    if who is not None and draft.owner_id is None and request.method not in READING:
        drafts.give(draft, token, who, at=clock.now())


def keep(draft: ReportDraft, step: Step, token: str) -> None:
    """Hold what stands on the page; whoever filled in the same question in another tab is told."""
    if drafts.keep_typed(draft, step, typed(), _page(), at=clock.now()):
        link = Markup('<a href="{}">{}</a>').format(
            url_for(f"filing.{step.value}", token=token, earlier=1), _("Lihat isian yang lain")
        )
        text = _("Pertanyaan ini juga diisi di tab lain. Yang berlaku isian Anda yang terakhir.")
        flash(Markup("{} {}").format(text, link), "warn")


def answered(step: Step) -> None:
    """The page's words are answers now: nothing waits on it any more."""
    if (draft := shown()) is not None and is_on_page():
        drafts.note_sent(draft, step, typed(), _page())


def prepare(step: Step, form: Form) -> None:
    """Mark the page, so that the draft knows it again."""
    if "page" in form:
        draft = shown()
        form.page.data = keeping.mark(draft.pages if draft else {}, step)


def shown() -> ReportDraft | None:
    """The draft of this request, when it has one."""
    found: ReportDraft | None = g.get("draft")
    return found


def start_token() -> str | None:
    """The token that the first page carries."""
    token = request.form.get("start", "")
    return token if TOKEN.fullmatch(token) else None


def remember(token: str) -> None:
    """Whoever comes back to the first page in this browser is led to the draft."""
    session[REMEMBERED] = token


def remembered() -> str | None:
    """The draft that this browser began last, while it is there and fresh: on a shared phone the next
    person is not led to it."""
    token = session.get(REMEMBERED)
    draft = queries.draft(token, clock.now()) if token else None
    return token if draft and clock.now() - draft.changed_at < FRESH else None


def forget(token: str) -> None:
    if session.get(REMEMBERED) == token:
        session.pop(REMEMBERED)


def _lay_out(draft: ReportDraft, step: Step | None) -> None:
    """What was typed on this page and not sent on stands there again."""
    if step is None or set(request.args) - {"to", "earlier"}:
        return
    wanted = keeping.earlier if "earlier" in request.args else keeping.waiting
    g.typed_before = wanted(draft.pages, step)


def is_on_page() -> bool:
    """Did the page of a question send this, and not a button beside it?"""
    return "page" in request.form


def _page() -> str:
    return request.form.get("page", "")[:60]


def _ask_owner_to_sign_in(token: str) -> NoReturn:
    """A draft of an account opens for nobody else, also not in the same browser after signing out."""
    flash(_("Draf ini milik sebuah akun. Masuk untuk melanjutkannya; isian Anda tersimpan."), "warn")
    target = url_for("accounts.sign_in", next=url_for("filing.resume", token=token))
    abort(htmx.go(target))
