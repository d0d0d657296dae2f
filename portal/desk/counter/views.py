"""The counter: one page for a clerk with a queue, and the receipt that is shown once."""

import secrets
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, config, htmx
from portal.db import db
from portal.desk.counter import guidance, policy, queries, rules, taking
from portal.desk.counter.forms import CounterForm
from portal.desk.counter.services import Recorder
from portal.errors import DomainError
from portal.organisation import queries as organisation
from portal.reports import labels
from portal.reports import queries as reports
from portal.reports.filing import receipts
from portal.reports.models import Report
from portal.reports.rules import RECORDED, Channel, ReportKind

bp = Blueprint("counter", __name__, url_prefix="/desk/counter")

PAPERS = ("a5", "slip")
TOKEN_BYTES = 18


@bp.get("")
def new() -> ResponseReturnValue:
    """`channel` and `paper` go on from the visitor before."""
    _recorder()
    asked = request.args.get("channel", "")
    form = CounterForm(
        data={
            "channel": asked if asked in set(RECORDED) else Channel.COUNTER.value,
            "received_on": _today(),
            "kind": ReportKind.COMPLAINT.value,
            "form_token": secrets.token_urlsafe(TOKEN_BYTES),
            "paper": _paper(request.args.get("paper")),
        }
    )
    return _page(form)


@bp.post("")
def create() -> ResponseReturnValue:
    """The receipt is the answer itself: it has no address, so that nobody comes back to the codes."""
    recorder, form = _recorder(), CounterForm()
    if form.look.data:
        return _page(form)
    if form.validate_on_submit():
        first = reports.by_form_token(taking.digest(form))
        if first is not None:
            return _receipt(form, first, is_first=False)
        try:
            told = guidance.prepare(form, request.form, clock.now())
            report = taking.take(form, told, by=recorder, at=clock.now())
            return _receipt(form, report, is_first=True)
        except DomainError as error:
            form.refuse(error)
    return _page(form, status=422)


@bp.get("/filings")
def filings() -> ResponseReturnValue:
    recorder = _recorder()
    found = queries.filings(recorder.user, recorder.official, request.args.get("before", type=int))
    shown = found[: queries.PAGE_SIZE]
    older = url_for(".filings", before=shown[-1].report_id) if len(found) > len(shown) else None
    return render_template(
        "desk/counter/filings.html",
        filings=shown,
        older_url=older,
        channel_names=labels.CHANNEL,
        category_name=labels.category_name,
    )


@bp.get("/filings/<number>")
def recorder(number: str) -> ResponseReturnValue:
    """Who took a report down, for those who handle it."""
    report = reports.report_or_404(number)
    authz.require(current_user.is_authenticated and reports.may_handle(report, current_user))
    filing = queries.filing_of(report) or abort(404)
    name = labels.CHANNEL[report.channel]
    return render_template("desk/counter/recorder.html", report=report, filing=filing, channel_name=name)


def _recorder() -> Recorder:
    authz.require(policy.may_enter(current_user))
    official = organisation.official_of(current_user)
    authz.require(policy.may_record(current_user, official))
    return Recorder(current_user, official)


def _page(form: CounterForm, status: int = 200) -> ResponseReturnValue:
    if form.kind.data not in set(ReportKind):
        form.kind.data = ReportKind.COMPLAINT.value
    told = guidance.prepare(form, request.form, clock.now())
    today = _today()
    return htmx.render(
        "desk/counter/new.html",
        block="guidance",
        status=status,
        form=form,
        told=told,
        questions=told.questions(shows_errors=status == 422),
        earliest=rules.earliest(today),
        today=today,
    )


def _receipt(form: CounterForm, report: Report, *, is_first: bool) -> ResponseReturnValue:
    db.session.flush()
    values: dict[str, Any] = taking.codes(form.form_token.data or "") if is_first else {}
    shown = receipts.receipt(
        report, values.get("tracking_code", ""), values.get("passphrase", ""), at=clock.now()
    )
    receipts.close(report)  # the form's token would open the receipt of a resident who filed by themselves
    return render_template(
        "desk/counter/receipt.html",
        receipt=shown,
        report=report,
        is_first=is_first,
        kind_name=labels.KIND[report.kind],
        channel_name=labels.CHANNEL[report.channel],
        track_url=config.current().public_url + url_for("following.track"),
        channel=form.channel.data,
        paper=_paper(form.paper.data),
    )


def _paper(wanted: str | None) -> str:
    return wanted if wanted in PAPERS else PAPERS[0]


def _today() -> Any:
    return clock.now().astimezone(config.current().zone).date()
