"""Duties that came back to the moderators, and disputes that only they can end."""

from flask import abort, flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, htmx
from portal.assignments import clocks, handovers, owners, services
from portal.assignments import policy as duties
from portal.assignments.models import Assignment
from portal.assignments.rules import BODY_LENGTH
from portal.desk import forms, policy, story, suggestions
from portal.desk.queries import matter
from portal.desk.views import choices
from portal.desk.views.blueprint import bp
from portal.errors import DomainError
from portal.i18n import _
from portal.routing import services as routing

REFUSAL = "refusal-"  # its fields, on one page with the other form's


@bp.get("/triage/<number>/duty")
def returned(number: str) -> ResponseReturnValue:
    return _page(_returned(number))


@bp.post("/triage/<number>/disposition")
def redispose(number: str) -> ResponseReturnValue:
    assignment = _returned(number)
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
    return _page(assignment, forward=form, status=422)


@bp.post("/triage/<number>/dispute-closure")
def close_dispute(number: str) -> ResponseReturnValue:
    """The moderators looked at it; it never counts as solved."""
    services.close_dispute(_disputed(number), at=clock.now())
    flash(_("%(number)s tetap tertutup dan tidak dihitung sebagai selesai.", number=number), "success")
    return htmx.go(url_for("desk.triage"))


@bp.post("/triage/<number>/dispute-reopening")
def reopen_dispute(number: str) -> ResponseReturnValue:
    """The moderators agree with the resident: the official goes on."""
    assignment = _disputed(number)
    try:
        services.reopen_dispute(assignment, at=clock.now())
    except DomainError as error:
        flash(str(error), "error")
    else:
        flash(_("Dibuka kembali. Petugas melanjutkan dengan sisa waktunya."), "success")
    return htmx.go(url_for("desk.triage"))


@bp.post("/triage/<number>/duty-refusal")
def refuse_returned(number: str) -> ResponseReturnValue:
    """The moderators answer a returned duty themselves."""
    assignment = _returned(number)
    form = forms.RefusalForm(prefix=REFUSAL)
    choices.fill_grounds(form, at=clock.now())
    if form.validate_on_submit():
        try:
            handovers.refuse(
                assignment,
                basis=form.grounds["basis"],
                outside_body=choices.body_of(form),
                duplicate_of=form.grounds["duplicate_of"],
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
    return _page(assignment, refusal=form, status=422)


def _disputed(number: str) -> Assignment:
    authz.require(policy.may_triage(current_user))
    assignment = matter.duty_or_404(number, current_user)
    return assignment if assignment.disputed_at else abort(404)


def _returned(number: str) -> Assignment:
    authz.require(policy.may_triage(current_user))
    assignment = matter.duty_or_404(number, current_user)
    return assignment if duties.may_redispose(current_user, assignment) else abort(404)


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
    found = suggestions.for_duty(assignment, now)
    choices.fill_agencies(form, found.offers, found.others)
    if not form.is_submitted():
        form.agency.data = choices.first_choice(found.offers)
    return {str(offer.agency.id): offer.reason for offer in found.offers}


def _page(
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
    choices.fill_grounds(refusal, at=clock.now())
    for one in (form, refusal):
        one.lock.data = str(assignment.lock)  # the state that is shown here
    owner = owners.of(assignment)
    brief = owner.brief(assignment)
    return htmx.render(
        "desk/returned.html",
        block="main",
        status=status,
        number=assignment.number,
        assignment=assignment,
        form=form,
        refusal=refusal,
        may_be_refused=owner.has_resident,
        body_limit=BODY_LENGTH,
        reasons=reasons,
        kind_label=brief.kind,
        marks=story.marks(assignment, brief),
        text=brief.text,
        html=brief.html,
        facts=story.facts(assignment, brief),
        photos=brief.photos,
        clocks_shown=clocks.of(assignment, clock.now(), earlier=brief.earlier_clock_ids),
        steps=story.steps(assignment, brief),
    )
