"""The frame around every question of filing: the draft behind it, and the way on."""

from typing import Any, NoReturn

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import clock, htmx
from portal.forms import Form
from portal.i18n import _
from portal.reports import queries as reports
from portal.reports import tracking
from portal.reports.filing import queries, rules
from portal.reports.filing.rules import Answers, Step
from portal.reports.models import ReportDraft


def draft_or_leave(token: str, *, for_update: bool = False) -> ReportDraft:
    draft = queries.draft(token, clock.now(), for_update=for_update)
    if draft is None:
        _leave(token)
    return draft


def _leave(token: str) -> NoReturn:
    """There is no draft: to the receipt when it was sent, to a new one when it is over."""
    if reports.by_form_token(tracking.token_digest(token)):
        abort(redirect(url_for(".receipt", token=token), 303))
    flash(_("Draf ini sudah tidak ada. Draf disimpan tujuh hari sejak terakhir diisi."), "warn")
    abort(redirect(url_for(".new"), 303))


def url(step: Step, token: str, **values: Any) -> str:
    return url_for(f".{step.value}", token=token, **values)


def go(step: Step, token: str) -> ResponseReturnValue:
    return htmx.go(url(step, token))


def returning() -> dict[str, Any]:
    """Whoever came from the last page goes back there."""
    return {"to": Step.CHECK.value} if request.args.get("to") == Step.CHECK.value else {}


def onward(step: Step, token: str, answers: Answers) -> ResponseReturnValue:
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
    frame = {
        "form": form,
        "token": token,
        "action": url(step, token, **returning()) if token else url_for(".create"),
        "position": rules.position(step, added),
        "total": len(rules.steps(added)),
        "back_url": url(before, token) if token and before else url_for("pages.home"),
    }
    template = f"reports/new/{step.value}.html"
    return htmx.render(template, block=block, status=status, **frame, **context)


def added_steps(answers: Answers) -> frozenset[Step]:
    return queries.extra_steps(answers.category, clock.now())


def account() -> Any:
    return current_user if current_user.is_authenticated else None
