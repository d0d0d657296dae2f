"""The directory of outside bodies: what each answers for, and how it is reached."""

from flask import abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import clock, htmx
from portal.administration import changes, queries, services
from portal.administration.forms.outside_bodies import OutsideBody
from portal.administration.views.blueprint import bp, found
from portal.errors import DomainError
from portal.i18n import _
from portal.organisation.models import Agency
from portal.organisation.outside import labels
from portal.organisation.outside import queries as outside
from portal.routing.queries import city_day


@bp.get("/outside-bodies")
def outside_bodies() -> ResponseReturnValue:
    bodies = outside.listed(city_day(clock.now()))
    return render_template(
        "administration/outside_bodies.html",
        bodies=[(one.id, labels.told(one)) for one in bodies],
        today=city_day(clock.now()),
    )


@bp.get("/outside-bodies/<int:agency_id>")
def outside_body(agency_id: int) -> ResponseReturnValue:
    body = _body(agency_id)
    return _page(OutsideBody.of(body, queries.categories()), body)


@bp.post("/outside-bodies/<int:agency_id>")
def update_outside_body(agency_id: int) -> ResponseReturnValue:
    body = _body(agency_id)
    form = OutsideBody.of(body, queries.categories())
    if not form.validate():
        return _page(form, body, 422)
    try:
        services.describe_outside_body(
            body,
            covers=form.covers.data or "",
            neighbouring_region=form.neighbouring_region.data or "",
            category_codes=form.category_codes.data or [],
            channels=form.channel_values(),
            checked_on=form.channels_checked_on.data,
            by=current_user,
            at=clock.now(),
        )
    except DomainError as error:
        form.refuse(error)
        return _page(form, body, 422)
    flash(_("%(name)s sudah disimpan.", name=body.name), "success")
    return htmx.go(url_for(".outside_body", agency_id=body.id))


def _body(agency_id: int) -> Agency:
    body = found(Agency, agency_id)
    return body if body.is_external else abort(404)


def _page(form: OutsideBody, body: Agency, status: int = 200) -> ResponseReturnValue:
    history = changes.told(queries.changes(kind="outside_body", key=body.id))
    page = render_template("administration/outside_body.html", form=form, body=body, changes=history)
    return page, status
