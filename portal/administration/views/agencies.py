"""Agencies: who there is to answer, from when until when."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import clock, htmx
from portal.administration import changes, effects, forms, queries, services
from portal.administration.effects import Effect
from portal.administration.labels import AGENCY_KIND, STAGE
from portal.administration.views.blueprint import bp, found
from portal.deadlines import queries as deadlines
from portal.deadlines.services import previews
from portal.errors import DomainError
from portal.i18n import _
from portal.organisation.models import Agency


@bp.get("/agencies")
def agencies() -> ResponseReturnValue:
    return render_template("administration/agencies.html", agencies=queries.agencies(), kinds=AGENCY_KIND)


@bp.get("/agencies/new")
def new_agency() -> ResponseReturnValue:
    return _page(_form(None), None)


@bp.post("/agencies/new")
def create_agency() -> ResponseReturnValue:
    return _save(None)


@bp.get("/agencies/<int:agency_id>")
def agency(agency_id: int) -> ResponseReturnValue:
    thing = found(Agency, agency_id)
    return _page(_form(thing), thing)


@bp.post("/agencies/<int:agency_id>")
def update_agency(agency_id: int) -> ResponseReturnValue:
    return _save(found(Agency, agency_id))


def _save(thing: Agency | None) -> ResponseReturnValue:
    form = forms.Agency()
    _offer(form, thing)
    if not form.validate():
        return _page(form, thing, status=422)
    if thing is not None and form.calendar_key.data not in (thing.calendar_key, form.seen_calendar.data):
        effect = effects.told(previews.of_agency(thing.id, form.calendar_key.data, at=clock.now()))
        if effect.preview.open_count:  # first answers that are owed would be counted anew: shown first
            form.seen_calendar.data = form.calendar_key.data
            return _page(form, thing, effect=effect)
    try:
        saved = services.save_agency(thing, form.values, by=current_user, at=clock.now())
    except DomainError as error:
        form.refuse(error)
        return _page(form, thing, status=422)
    flash(_("%(name)s sudah disimpan.", name=saved.name), "success")
    return htmx.go(url_for(".agency", agency_id=saved.id))


def _form(thing: Agency | None) -> forms.Agency:
    form = forms.Agency(formdata=None, obj=thing)
    _offer(form, thing)
    return form


def _offer(form: forms.Agency, thing: Agency | None) -> None:
    others = [(key, name) for key, name in queries.agency_choices() if thing is None or key != str(thing.id)]
    form.offer(others, [(calendar.key, calendar.name) for calendar in deadlines.all_calendars()])


def _page(
    form: forms.Agency, thing: Agency | None, *, status: int = 200, effect: Effect | None = None
) -> ResponseReturnValue:
    history = changes.told(queries.changes(kind="agency", key=thing.id)) if thing else []
    page = render_template(
        "administration/agency.html", form=form, agency=thing, changes=history, effect=effect, stages=STAGE
    )
    return page, status
