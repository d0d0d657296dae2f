"""The last look, sending, and the receipt."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock, config, htmx
from portal.errors import DomainError
from portal.forms import Form
from portal.reports import queries as reports
from portal.reports import tracking
from portal.reports.filing import covered, forms, receipts, rules, services, summaries, wording
from portal.reports.filing.rules import Answers, Step
from portal.reports.filing.views import frame, pages
from portal.reports.filing.views.base import bp
from portal.security import limiter


@bp.get("/<token>/check")
def check(token: str) -> ResponseReturnValue:
    answers = Answers.read(frame.draft_or_leave(token).data)
    if step := rules.missing(answers, frame.added_steps(answers)):
        return redirect(frame.url(step, token))
    return _check_page(token, answers, forms.CheckForm())


@bp.post("/<token>/check")
@limiter.limit(lambda: config.current().filing_limit)
def send(token: str) -> ResponseReturnValue:
    draft, form = frame.draft_or_leave(token, for_update=True), forms.CheckForm()
    answers = Answers.read(draft.data)
    if form.validate_on_submit():
        try:
            services.send(draft, token, by=frame.account(), at=clock.now())
            pages.forget(token)
            return htmx.go(url_for(".receipt", token=token))
        except DomainError as error:
            form.refuse(error)
    if step := rules.missing(answers, frame.added_steps(answers)):
        return redirect(frame.url(step, token), 303)
    return _check_page(token, answers, form, status=422)


@bp.post("/<token>/covered/removal")
def remove_covered(token: str) -> ResponseReturnValue:
    """One click, and what the public would read covered stands in no text of the draft any more."""
    draft = frame.draft_or_leave(token)
    services.keep(draft, at=clock.now(), **covered.without(Answers.read(draft.data)))
    return frame.go(Step.CHECK, token)


@bp.get("/<token>/receipt")
def receipt(token: str) -> ResponseReturnValue:
    """The number and the code, for a day; after that the number and the code lead back."""
    report = reports.by_form_token(tracking.token_digest(token))
    if report is None:
        abort(404)
    if clock.now() > report.received_at + rules.RECEIPT_LIFETIME:
        return redirect(url_for("following.track", number=report.number))
    shown = receipts.receipt(
        report, services.tracking_code(token), services.passphrase(token), at=clock.now()
    )
    return render_template(
        "reports/receipt.html",
        receipt=shown,
        report=report,
        heading=wording.of(report.kind).received,
        closing_form=Form(),
        token=token,
    )


def _check_page(
    token: str, answers: Answers, form: forms.CheckForm, status: int = 200
) -> ResponseReturnValue:
    summary = summaries.summary(token, answers, account=frame.account(), at=clock.now())
    unsent = frame.unsent(token, answers)
    return frame.page(Step.CHECK, token, answers, form, status=status, summary=summary, unsent=unsent)
