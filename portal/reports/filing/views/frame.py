"""The frame around every question of filing: the draft behind it, and the way on."""

import secrets
from typing import Any, NoReturn

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import clock, config, htmx
from portal.forms import Form
from portal.i18n import _, _l
from portal.reports import queries as reports
from portal.reports import tracking
from portal.reports.filing import keeping, promises, queries, rules, services
from portal.reports.filing.rules import Answers, Step
from portal.reports.filing.views import pages
from portal.reports.models import ReportDraft

QUESTION = {
    Step.WHAT: _l("Apa yang ingin Anda sampaikan?"),
    Step.CATEGORY: _l("Tentang apa laporan Anda?"),
    Step.EMERGENCY: _l("Apakah ada yang sedang dalam bahaya?"),
    Step.OUTSIDE: _l("Ini biasanya diurus lembaga lain"),
    Step.UNIT: _l("Tentang dinas atau kantor mana laporan ini?"),
    Step.QUESTIONS: _l("Beberapa pertanyaan singkat"),
    Step.PLACE: _l("Di mana tempatnya?"),
    Step.PHOTOS: _l("Ada fotonya?"),
    Step.PERSON: _l("Siapa yang boleh tahu ini dari Anda?"),
    Step.CHECK: _l("Periksa, lalu kirim"),
}


def draft_or_leave(token: str, *, for_update: bool = False) -> ReportDraft:
    """The draft behind the address, for whoever may write it. What a page sent is noted; whoever only
    wants to go back does so with it."""
    draft = queries.draft(token, clock.now(), for_update=for_update)
    if draft is None:
        _leave(token)
    pages.receive(draft, token, account())
    if request.form.get("leave") == "back":
        abort(go(_before(draft, token), token))
    return draft


def _leave(token: str) -> NoReturn:
    """There is no draft: to the receipt when it was sent, to a new one when it is over."""
    if reports.by_form_token(tracking.token_digest(token)):
        abort(redirect(url_for(".receipt", token=token), 303))
    flash(_("Draf ini sudah tidak ada: sudah dihapus, atau terlalu lama tidak diisi."), "warn")
    abort(redirect(url_for(".new"), 303))


def _before(draft: ReportDraft, token: str) -> Step:
    step = pages.step_asked() or Step.WHAT
    return rules.before(step, added_steps(Answers.read(draft.data))) or Step.WHAT


def url(step: Step, token: str, **values: Any) -> str:
    return url_for(f"filing.{step.value}", token=token, **values)


def go(step: Step, token: str) -> Response:
    return htmx.go(url(step, token))


def returning() -> dict[str, Any]:
    """Whoever came from the last page goes back there."""
    return {"to": Step.CHECK.value} if request.args.get("to") == Step.CHECK.value else {}


def begin(answers: Answers) -> str:
    """A draft of what the first page told; its token leads on. That page carries the token already, so
    that a second click, or what it kept while it was typed on, is the same draft."""
    token = services.begin(answers, at=clock.now(), owner=account(), token=pages.start_token())
    pages.remember(token)
    return token


def begun() -> str | None:
    """The token of the first page, when it began a draft before."""
    token = pages.start_token()
    if token and (queries.draft(token, clock.now()) or reports.by_form_token(tracking.token_digest(token))):
        return token
    return None


def onward(step: Step, token: str, answers: Answers) -> ResponseReturnValue:
    pages.answered(step)
    added = added_steps(answers)
    following = rules.after(step, added)
    if returning():
        following = rules.missing(answers, added) or Step.CHECK
    return go(following, token)


def page(
    step: Step,
    token: str | None,
    answers: Answers,
    form: Form,
    *,
    status: int = 200,
    block: str = "main",
    **context: Any,
) -> ResponseReturnValue:
    added = added_steps(answers)
    before = rules.before(step, added)
    pages.prepare(step, form)
    frame = {
        "form": form,
        "token": token,
        "start": None if token else pages.start_token() or secrets.token_urlsafe(services.TOKEN_BYTES),
        "action": url(step, token, **returning()) if token else url_for(".create"),
        "promise": promises.of_draft(answers, clock.now()),
        "position": rules.position(step, added),
        "total": len(rules.steps(added)),
        "back_url": url(before, token) if token and before else url_for("pages.home"),
        "draft": pages.shown(),
        "begun_url": None if token or status != 200 else _begun_url(),
        "private_url": config.current().public_url + url_for(".resume", token=token) if token else "",
    }
    template = f"reports/new/{step.value}.html"
    return htmx.render(template, block=block, status=status, **frame, **context)


def _begun_url() -> str | None:
    """Where whoever comes back to the first page finds what was begun before; None where nothing was."""
    who, token = account(), pages.remembered()
    if token:
        return url_for(".resume", token=token)
    return url_for("drafts.index") if who and queries.drafts_of(who, clock.now()) else None


def unsent(token: str, answers: Answers) -> list[tuple[str, str]]:
    """Pages on which something was typed and not sent on: what they ask, and their addresses."""
    draft = pages.shown()
    waiting = [
        step for step in rules.steps(added_steps(answers)) if draft and keeping.waiting(draft.pages, step)
    ]
    return [(str(QUESTION[step]), url(step, token, to=Step.CHECK.value)) for step in waiting]


def added_steps(answers: Answers) -> frozenset[Step]:
    return queries.extra_steps(answers, clock.now())


def account() -> Any:
    return current_user if current_user.is_authenticated else None
