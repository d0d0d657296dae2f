"""The reporter's own pages: find the report again, answer, judge the answer, take it back."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from portal import clock, htmx, i18n
from portal.accounts.rules import fold_email
from portal.assignments.rules import Verdict
from portal.errors import DomainError
from portal.forms import Form, plain
from portal.i18n import _
from portal.reports import links, overviews, pages, queries, services
from portal.reports.following import access, forms
from portal.reports.identity import entry
from portal.reports.models import Report
from portal.reports.rules import ReportState
from portal.security import limiter

bp = Blueprint("following", __name__)


@bp.get("/track")
def track() -> ResponseReturnValue:
    form = forms.TrackForm(data={"number": request.args.get("number", "")[:40]})
    return render_template("reports/track.html", form=form)


@bp.post("/track")
@limiter.limit("10 per minute")
def open_by_code() -> ResponseReturnValue:
    form = forms.TrackForm()
    if form.validate_on_submit():
        try:
            report = _found_by_code(form)
        except DomainError as error:
            form.refuse(error)
            return _answer("reports/track.html", form)
        if report:
            access.remember(report)
            return htmx.go(url_for(".private", number=report.number))
        form.form_errors.append(_("Ini tidak cocok. Periksa lagi kode dan kata-kata di tanda terima Anda."))
    return _answer("reports/track.html", form)


def _found_by_code(form: forms.TrackForm) -> Report | None:
    """Without words it can only be a receipt of earlier days, on which the number belongs to the code."""
    code, words = plain(form.code.data), plain(form.words.data)
    if words:
        return entry.opened(code, words, at=clock.now())
    return entry.opened_with_number(plain(form.number.data).upper().replace(" ", ""), code)


@bp.get("/track/<token>")
def signed_link(token: str) -> ResponseReturnValue:
    """From a letter. A button follows: programs that look at letters open links by themselves."""
    number = links.read(token)
    return render_template(
        "reports/signed_link.html", number=number, token=token, form=Form()
    ), 200 if number else 410


@bp.post("/track/<token>")
def open_by_link(token: str) -> ResponseReturnValue:
    number = links.read(token)
    if number is None:
        return redirect(url_for(".signed_link", token=token), 303)
    access.remember(queries.report_or_404(number))
    return htmx.go(url_for(".private", number=number))


@bp.get("/track/lost-numbers")
def lost_number() -> ResponseReturnValue:
    return render_template("reports/lost_number.html", form=forms.LostNumberForm(), is_sent=False)


@bp.post("/track/lost-numbers")
@limiter.limit("5 per minute")
def send_lost_numbers() -> ResponseReturnValue:
    """The answer is the same whether the address is known or not."""
    form = forms.LostNumberForm()
    if not form.validate_on_submit():
        return render_template("reports/lost_number.html", form=form, is_sent=False), 422
    address = fold_email(plain(form.email.data))
    if found := queries.reports_of_address(address):
        services.tell_lost_numbers(address, found, language=i18n.language(), at=clock.now())
    return render_template("reports/lost_number.html", form=form, is_sent=True)


@bp.get("/reports/<number>/private")
def private(number: str) -> ResponseReturnValue:
    return _private_page(_own_report(number))


@bp.post("/reports/<number>/messages")
def answer(number: str) -> ResponseReturnValue:
    report, form = _own_report(number), forms.MessageForm()
    if form.validate_on_submit():
        try:
            services.answer_question(report, body=plain(form.message.data), at=clock.now())
            return _done(report, _("Keterangan Anda sudah kami terima."))
        except DomainError as error:
            form.refuse(error)
    return _private_page(report, message_form=form, status=422)


@bp.post("/reports/<number>/verdict")
def judge(number: str) -> ResponseReturnValue:
    report, form = _own_report(number), forms.VerdictForm()
    if form.validate_on_submit():
        was_closed = report.state is ReportState.CLOSED
        verdict = Verdict(form.verdict.data)
        try:
            services.rate(
                report,
                verdict=verdict,
                stars=int(form.stars.data) if form.stars.data else None,
                comment=plain(form.comment.data),
                at=clock.now(),
            )
            return _done(report, _thanks(report, verdict, was_closed=was_closed))
        except DomainError as error:
            form.refuse(error)
    return _private_page(report, verdict_form=form, status=422)


@bp.post("/reports/<number>/reopening")
def reopen(number: str) -> ResponseReturnValue:
    report = _own_report(number)
    try:
        services.reopen(report, at=clock.now())
    except DomainError as error:
        flash(str(error), "error")
        return htmx.go(url_for(".private", number=report.number))
    return _done(report, _("Laporan Anda dibuka kembali. Tenggat lamanya berjalan terus."))


@bp.post("/reports/<number>/withdrawal")
def withdraw(number: str) -> ResponseReturnValue:
    report, form = _own_report(number), forms.WithdrawalForm()
    if form.validate_on_submit():
        try:
            services.withdraw(report, reason=plain(form.reason.data), at=clock.now())
            return _done(report, _("Laporan Anda sudah ditarik."))
        except DomainError as error:
            form.refuse(error)
    return _private_page(report, withdrawal_form=form, status=422)


@bp.get("/account/reports")
@login_required
def overview() -> ResponseReturnValue:
    wanted = request.args.get("state", "")
    return render_template("reports/overview.html", **overviews.page(current_user, wanted, clock.now()))


def _own_report(number: str) -> Report:
    """The report, for those who may open it; others are asked for the code."""
    report = queries.own_report_or_404(number)
    if not access.may_open(report):
        if request.method != "GET":
            abort(403)
        abort(redirect(url_for(".track", number=report.number)))
    return report


def _private_page(
    report: Report,
    *,
    message_form: Form | None = None,
    verdict_form: Form | None = None,
    withdrawal_form: Form | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    page = pages.private_page(report, clock.now())
    return render_template(
        "reports/private.html",
        message_form=message_form or forms.MessageForm(formdata=None),
        verdict_form=verdict_form or forms.verdict_form(page["appraisal"]),
        withdrawal_form=withdrawal_form or forms.WithdrawalForm(formdata=None),
        **page,
    ), status


def _answer(template: str, form: Form) -> ResponseReturnValue:
    return render_template(template, form=form), 422


def _done(report: Report, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return htmx.go(url_for(".private", number=report.number))


def _thanks(report: Report, verdict: Verdict, *, was_closed: bool) -> str:
    if report.disputed_at:
        return _("Terima kasih. Moderator akan menilai laporan Anda.")
    if report.state is ReportState.CLOSED and not was_closed:
        if verdict is Verdict.PARTLY:
            return _("Terima kasih. Laporan ditutup dengan catatan baru sebagian yang selesai.")
        return _("Terima kasih. Laporan Anda kami catat selesai.")
    if report.state is ReportState.OPEN and report.reopened_at is not None and verdict is Verdict.NOT:
        return _("Laporan Anda dibuka kembali. Tenggat lamanya berjalan terus.")
    return _("Terima kasih. Penilaian Anda sudah dicatat.")
