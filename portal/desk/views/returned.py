"""Duties that came back to the moderators, and disputes that only they can end."""

from typing import Any

from flask import abort, flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, htmx
from portal.assignments import handovers
from portal.assignments import policy as duties
from portal.assignments.models import Assignment
from portal.desk import forms, policy, story, suggestions
from portal.desk.queries import matter
from portal.desk.views import choices
from portal.desk.views.blueprint import bp
from portal.errors import DomainError
from portal.i18n import _
from portal.reports import clocks, services
from portal.reports.labels import KIND
from portal.reports.models import Report
from portal.reports.rules import ReportState
from portal.routing import services as routing


@bp.get("/triage/<number>/duty")
def returned(number: str) -> ResponseReturnValue:
    report, assignment = _returned(number)
    form = forms.ForwardForm(formdata=None)
    return _page(report, assignment, form, _fill(form, assignment))


@bp.post("/triage/<number>/disposition")
def redispose(number: str) -> ResponseReturnValue:
    report, assignment = _returned(number)
    form = forms.ForwardForm()
    reasons = _fill(form, assignment)
    if form.validate_on_submit():
        try:
            _redispose(assignment, form)
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("%(number)s diteruskan ke penerima baru.", number=number), "success")
            return htmx.go(url_for("desk.triage"))
    return _page(report, assignment, form, reasons, status=422)


@bp.post("/triage/<number>/dispute-closure")
def close_dispute(number: str) -> ResponseReturnValue:
    """The moderators looked at it; it never counts as solved."""
    authz.require(policy.may_triage(current_user))
    report = matter.disposed_or_404(number, current_user)
    if report.disputed_at is None or report.state is ReportState.CLOSED:
        abort(404)
    services.close_dispute(report, by=current_user, at=clock.now())
    flash(_("Laporan ditutup dan tidak dihitung sebagai selesai."), "success")
    return htmx.go(url_for("desk.triage"))


def _returned(number: str) -> tuple[Report, Assignment]:
    authz.require(policy.may_triage(current_user))
    report = matter.disposed_or_404(number, current_user)
    assignment = report.assignment
    if assignment is None or not duties.may_redispose(current_user, assignment):
        abort(404)
    return report, assignment


def _redispose(assignment: Assignment, form: forms.ForwardForm) -> None:
    if form.agency_id is None:
        raise DomainError(_("Pilih dinas yang menangani."), field="agency")
    now = clock.now()
    found = routing.route_to(
        form.agency_id,
        assignment.area_code,
        now,
        exclude_agency_id=assignment.excluded_agency_id,
    )
    handovers.redispose(assignment, routing=found, by=current_user, at=now, expected_lock=form.expected_lock)


def _fill(form: forms.ForwardForm, assignment: Assignment) -> dict[str, str]:
    """Offer agencies; answers with the reason of each suggested one."""
    now = clock.now()
    offers = suggestions.for_duty(assignment, now)
    others = suggestions.others(offers, assignment.excluded_agency_id, now)
    choices.fill_agencies(form, offers, others)
    if not form.is_submitted():
        form.agency.data = choices.first_choice(offers)
    return {str(offer.agency.id): offer.reason for offer in offers}


def _page(
    report: Report,
    assignment: Assignment,
    form: Any,
    reasons: dict[str, str],
    *,
    status: int = 200,
) -> ResponseReturnValue:
    form.lock.raw_data = form.lock.data = str(assignment.lock)
    return htmx.render(
        "desk/returned.html",
        block="main",
        status=status,
        report=report,
        assignment=assignment,
        form=form,
        reasons=reasons,
        kind_label=KIND[report.kind],
        marks=story.marks(report),
        facts=story.facts(report, sees_reporter=policy.may_see_reporter(current_user, report)),
        photos=story.photos(report),
        clocks_shown=clocks.of(report, clock.now()),
        steps=story.steps(report),
    )
