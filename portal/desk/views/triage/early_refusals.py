"""Refuse a report before it is verified: a page of its own, loaded into the triage where the browser can."""

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, htmx
from portal.desk import policy
from portal.desk.forms import RefusalBeforeForm
from portal.desk.queries import matter
from portal.desk.views import choices
from portal.desk.views.blueprint import bp
from portal.errors import DomainError
from portal.i18n import _
from portal.reports import services
from portal.reports.models import Report
from portal.reports.rules import ReportState


@bp.get("/triage/<number>/refusal")
def new_refusal(number: str) -> ResponseReturnValue:
    authz.require(policy.may_triage(current_user))
    report = matter.unverified(number, current_user)
    return _page(report, RefusalBeforeForm(formdata=None)) if report else _gone()


@bp.post("/triage/<number>/refusal")
def refuse_report(number: str) -> ResponseReturnValue:
    authz.require(policy.may_triage(current_user))
    report = matter.unverified(number, current_user)
    if report is None:
        return _gone()
    matter.lock(report)
    if report.state is not ReportState.SUBMITTED:
        return _gone()
    form = RefusalBeforeForm()
    choices.fill_grounds(form, at=clock.now())
    if form.validate_on_submit():
        try:
            _refuse(report, form)
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Laporan ditolak; pelapor membaca alasannya."), "success")
            return htmx.go(url_for("desk.triage"))
    return _page(report, form, status=422)


def _refuse(report: Report, form: RefusalBeforeForm) -> None:
    services.refuse_unverified(
        report,
        basis=form.grounds["basis"],
        outside_body=choices.body_of(form),
        duplicate_of=form.grounds["duplicate_of"],
        reason=form.explanation.data or "",
        by=current_user,
        at=clock.now(),
    )


def _page(report: Report, form: RefusalBeforeForm, *, status: int = 200) -> ResponseReturnValue:
    choices.fill_grounds(form, at=clock.now())
    return htmx.render("desk/new_refusal.html", block="refusal_form", status=status, report=report, form=form)


def _gone() -> ResponseReturnValue:
    flash(_("Laporan itu tidak sedang menunggu verifikasi; mungkin sudah diputuskan."), "info")
    return htmx.go(url_for("desk.triage"))
