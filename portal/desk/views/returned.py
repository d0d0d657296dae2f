"""Duties that came back to the moderators, and disputes that only they can end."""

from flask import abort, flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, htmx
from portal.assignments import handovers
from portal.assignments import policy as duties
from portal.assignments.models import Assignment
from portal.assignments.rules import BODY_LENGTH, RefusalBasis
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

REFUSAL = "refusal-"  # its fields, on one page with the other form's


@bp.get("/triage/<number>/duty")
def returned(number: str) -> ResponseReturnValue:
    report, assignment = _returned(number)
    return _page(report, assignment)


@bp.post("/triage/<number>/disposition")
def redispose(number: str) -> ResponseReturnValue:
    report, assignment = _returned(number)
    form = forms.ForwardForm()
    _fill(form, assignment)
    if form.validate_on_submit():
        try:
            _redispose(assignment, form)
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("%(number)s diteruskan ke penerima baru.", number=number), "success")
            return htmx.go(url_for("desk.triage"))
    return _page(report, assignment, forward=form, status=422)


@bp.post("/triage/<number>/dispute-closure")
def close_dispute(number: str) -> ResponseReturnValue:
    """The moderators looked at it; it never counts as solved."""
    report = _disputed(number)
    services.close_dispute(report, by=current_user, at=clock.now())
    flash(_("Laporan ditutup dan tidak dihitung sebagai selesai."), "success")
    return htmx.go(url_for("desk.triage"))


@bp.post("/triage/<number>/dispute-reopening")
def reopen_dispute(number: str) -> ResponseReturnValue:
    """The moderators agree with the reporter: the official goes on."""
    report = _disputed(number)
    try:
        services.reopen_dispute(report, at=clock.now())
    except DomainError as error:
        flash(str(error), "error")
    else:
        flash(_("Laporan dibuka kembali. Petugas melanjutkan dengan sisa waktunya."), "success")
    return htmx.go(url_for("desk.triage"))


@bp.post("/triage/<number>/duty-refusal")
def refuse_returned(number: str) -> ResponseReturnValue:
    """The moderators answer a returned duty themselves."""
    report, assignment = _returned(number)
    form = forms.RefusalForm(prefix=REFUSAL)
    if form.validate_on_submit():
        try:
            handovers.refuse(
                assignment,
                basis=RefusalBasis(form.basis.data),
                body=form.body.data or "",
                by=current_user,
                at=clock.now(),
                expected_lock=form.expected_lock,
            )
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("%(number)s ditolak beserta dasarnya.", number=number), "success")
            return htmx.go(url_for("desk.triage"))
    return _page(report, assignment, refusal=form, status=422)


def _disputed(number: str) -> Report:
    authz.require(policy.may_triage(current_user))
    report = matter.disposed_or_404(number, current_user)
    if report.disputed_at is None or report.state is ReportState.CLOSED:
        abort(404)
    return report


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
    *,
    forward: forms.ForwardForm | None = None,
    refusal: forms.RefusalForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """The duty with its two forms; given are those that were sent and not accepted."""
    form = forward or forms.ForwardForm(formdata=None)
    reasons = _fill(form, assignment)
    refusal = refusal or forms.RefusalForm(formdata=None, prefix=REFUSAL)
    for one in (form, refusal):
        one.lock.data = str(assignment.lock)  # the state that is shown here
    return htmx.render(
        "desk/returned.html",
        block="main",
        status=status,
        report=report,
        assignment=assignment,
        form=form,
        refusal=refusal,
        body_limit=BODY_LENGTH,
        reasons=reasons,
        kind_label=KIND[report.kind],
        marks=story.marks(report),
        facts=story.facts(report, sees_reporter=policy.may_see_reporter(current_user, report)),
        photos=story.photos(report),
        clocks_shown=clocks.of(report, clock.now()),
        steps=story.steps(report),
    )
