"""Make surveys, look after them while they are open, close and publish them."""

import segno
from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required
from markupsafe import Markup

from portal import authz, clock, config, htmx
from portal.errors import DomainError
from portal.forms import choices
from portal.i18n import _, local
from portal.organisation import queries as organisation
from portal.surveys import policy, queries, services, words
from portal.surveys.forms import AdjustForm, CloseForm, PlanForm
from portal.surveys.models import AgencyService, Survey
from portal.surveys.rules.periods import Phase
from portal.surveys.services import Plan
from portal.surveys.views.blueprint import bp

QR_QUIET_MODULES = 2


@bp.get("/manage")
@login_required
def manage() -> ResponseReturnValue:
    authz.require(policy.may_enter(current_user))
    agency_id = None if policy.may_manage_any(current_user) else policy.agency_headed(current_user)
    now = clock.now()
    if agency_id is None and not policy.may_manage_any(current_user):
        found = queries.Page((), None)
    else:
        found = queries.managed(agency_id, request.args.get("before"))
    return render_template(
        "surveys/manage.html",
        rows=[words.row(one, now) for one in found.rows],
        older_url=url_for(".manage", before=found.next_key) if found.next_key else None,
    )


@bp.get("/services/<int:service_id>/surveys/new")
@login_required
def new(service_id: int) -> ResponseReturnValue:
    service = _service(service_id)
    return _plan_page(service, _plan_form(service))


@bp.post("/services/<int:service_id>/surveys")
@login_required
def create(service_id: int) -> ResponseReturnValue:
    service = _service(service_id)
    form = _plan_form(service)
    if not form.validate():
        return _plan_page(service, form, 422)
    values = form.values
    for name in ("extra_1", "extra_1_en", "extra_2", "extra_2_en"):
        values.pop(name)
    try:
        plan = Plan(**values, extra_questions=form.extra_questions)
        survey = services.open_skm(service, plan, by=current_user, at=clock.now())
    except DomainError as error:
        form.refuse(error)
        return _plan_page(service, form, 422)
    flash(_("Survei %(number)s sudah dibuat.", number=survey.number), "success")
    return htmx.go(url_for(".look_after", number=survey.number))


@bp.get("/<number>/manage")
@login_required
def look_after(number: str) -> ResponseReturnValue:
    survey = _managed(number)
    return _page(survey, _adjust_form(survey, fresh=True), CloseForm(formdata=None))


@bp.post("/<number>/manage")
@login_required
def adjust(number: str) -> ResponseReturnValue:
    survey = _managed(number)
    form = _adjust_form(survey, fresh=False)
    if not form.validate():
        return _page(survey, form, CloseForm(formdata=None), 422)
    try:
        services.adjust(survey, **form.values, at=clock.now())
    except DomainError as error:
        form.refuse(error)
        return _page(survey, form, CloseForm(formdata=None), 422)
    flash(_("Perubahan survei sudah disimpan."), "success")
    return htmx.go(url_for(".look_after", number=number))


@bp.post("/<number>/closure")
@login_required
def close(number: str) -> ResponseReturnValue:
    survey, form = _managed(number), CloseForm()
    if not form.validate():
        return _page(survey, _adjust_form(survey, fresh=True), form, 422)
    try:
        services.close(survey, reason=form.reason.data or "", at=clock.now())
    except DomainError as error:
        form.refuse(error)
        return _page(survey, _adjust_form(survey, fresh=True), form, 422)
    flash(_("Survei sudah ditutup."), "success")
    return htmx.go(url_for(".look_after", number=number))


@bp.post("/<number>/publication")
@login_required
def publish(number: str) -> ResponseReturnValue:
    survey = queries.survey_or_404(number)
    authz.require(policy.may_publish(current_user))
    try:
        services.publish(survey, by=current_user, at=clock.now())
    except DomainError as error:
        flash(str(error), "error")
        return htmx.go(url_for(".look_after", number=number))
    flash(_("Hasil survei sudah terbit."), "success")
    return htmx.go(url_for(".show", number=number))


def _service(service_id: int) -> AgencyService:
    service = queries.service_or_404(service_id)
    authz.require(policy.may_manage(current_user, service.agency_id))
    return service


def _managed(number: str) -> Survey:
    survey = queries.survey_or_404(number)
    authz.require(policy.may_manage(current_user, survey.agency_id))
    return survey


def _officials(agency_id: int) -> list[tuple[int, str]]:
    found = organisation.colleagues(agency_id, local(clock.now()).date())
    return [(one.id, f"{one.name}, {one.position}") for one in found]


def _plan_form(service: AgencyService) -> PlanForm:
    form = PlanForm()
    form.official_id.choices = choices(_officials(service.agency_id))
    return form


def _adjust_form(survey: Survey, *, fresh: bool) -> AdjustForm:
    form = AdjustForm(formdata=None, obj=survey) if fresh else AdjustForm()
    officials = _officials(survey.agency_id)
    if survey.official_id not in dict(officials):
        officials.append((survey.official_id, survey.official.name))
    form.official_id.choices = choices(officials)
    return form


def _plan_page(service: AgencyService, form: PlanForm, status: int = 200) -> ResponseReturnValue:
    return render_template("surveys/plan.html", service=service, form=form), status


def _page(survey: Survey, form: AdjustForm, close_form: CloseForm, status: int = 200) -> ResponseReturnValue:
    phase = queries.phase_of(survey, clock.now())
    may_publish = policy.may_publish(current_user)
    draft = queries.computed(survey) if may_publish and phase is Phase.CLOSED else None
    may_release = policy.may_release(current_user)
    return render_template(
        "surveys/look_after.html",
        survey=survey,
        phase=phase,
        form=form,
        close_form=close_form,
        draft=draft,
        may_publish=may_publish,
        may_release=may_release,
        unread=queries.unread_remark_count(survey) if may_release else 0,
        door_url=_door_url(survey),
        qr=_qr(_door_url(survey)),
        words=words,
    ), status


def _door_url(survey: Survey) -> str:
    return config.current().public_url + url_for(".show", number=survey.number)


def _qr(address: str) -> Markup:
    """The address of the survey as an inline SVG, for the counter."""
    code = segno.make(address, error="m", micro=False)
    return Markup(  # noqa: S704  # drawn by segno, nothing in it was typed
        code.svg_inline(border=QR_QUIET_MODULES, omitsize=True, svgclass="qr__code", lineclass=None)
    )
