"""The named services of the agencies, which surveys are about."""

from flask import abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from portal import authz, clock, htmx
from portal.db import db
from portal.errors import DomainError
from portal.forms import choices
from portal.i18n import _, local
from portal.organisation import queries as organisation
from portal.organisation.models import Agency
from portal.surveys import policy, queries, services
from portal.surveys.forms import ServiceForm
from portal.surveys.models import AgencyService
from portal.surveys.views.blueprint import bp


@bp.get("/services")
@login_required
def agency_services() -> ResponseReturnValue:
    authz.require(policy.may_enter(current_user))
    may_all = policy.may_manage_any(current_user)
    headed = None if may_all else policy.agency_headed(current_user)
    found = queries.services_of(headed) if may_all or headed is not None else []
    may_name = policy.may_name_all_services(current_user) or headed is not None
    return render_template("surveys/services.html", services=found, may_name=may_name)


@bp.get("/services/new")
@login_required
def new_service() -> ResponseReturnValue:
    return _page(_form(None), None)


@bp.post("/services/new")
@login_required
def create_service() -> ResponseReturnValue:
    return _save(None)


@bp.get("/services/<int:service_id>")
@login_required
def edit_service(service_id: int) -> ResponseReturnValue:
    service = _service(service_id)
    return _page(_form(service), service)


@bp.post("/services/<int:service_id>")
@login_required
def update_service(service_id: int) -> ResponseReturnValue:
    return _save(_service(service_id))


def _save(service: AgencyService | None) -> ResponseReturnValue:
    form = _form(service, typed=True)
    if not form.validate():
        return _page(form, service, 422)
    values = form.values
    agency_id = values.pop("agency_id")
    try:
        saved = services.save_service(
            service, agency=db.session.get(Agency, agency_id) or abort(404), **values, at=clock.now()
        )
    except DomainError as error:
        form.refuse(error)
        return _page(form, service, 422)
    flash(_("%(name)s sudah disimpan.", name=saved.name_id), "success")
    return htmx.go(url_for(".agency_services"))


def _service(service_id: int) -> AgencyService:
    service = queries.service_or_404(service_id)
    authz.require(policy.may_name_services(current_user, service.agency_id))
    return service


def _form(service: AgencyService | None, *, typed: bool = False) -> ServiceForm:
    """A service stays with its agency, so its form offers that one only."""
    agencies = [service.agency] if service else _agencies()
    authz.require(bool(agencies))
    form = ServiceForm() if typed else ServiceForm(formdata=None, obj=service)
    form.agency_id.choices = choices((one.id, one.name) for one in agencies)
    return form


def _agencies() -> list[Agency]:
    """Those whose services the person may name."""
    found = organisation.receivers(local(clock.now()).date())
    if policy.may_name_all_services(current_user):
        return list(found)
    headed = policy.agency_headed(current_user)
    return [one for one in found if one.id == headed]


def _page(form: ServiceForm, service: AgencyService | None, status: int = 200) -> ResponseReturnValue:
    return render_template("surveys/service.html", form=form, service=service), status
