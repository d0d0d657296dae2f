"""Programs of others that may file reports, and their keys."""

from typing import Any

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import clock, config, htmx
from portal.administration import changes, queries, services
from portal.administration.forms.open311 import Open311ClientForm
from portal.administration.views.blueprint import bp, found
from portal.errors import DomainError
from portal.i18n import _
from portal.open311 import queries as open311
from portal.open311.models import Open311Client


@bp.get("/open311")
def open311_clients() -> ResponseReturnValue:
    return render_template(
        "administration/open311_clients.html",
        clients=open311.clients(),
        address=f"{config.current().public_url}/open311/v2/",
    )


@bp.get("/open311/new")
def new_open311_client() -> ResponseReturnValue:
    return _page(Open311ClientForm(formdata=None), None)


@bp.post("/open311/new")
def create_open311_client() -> ResponseReturnValue:
    return _save(None)


@bp.get("/open311/<int:client_id>")
def open311_client(client_id: int) -> ResponseReturnValue:
    client = found(Open311Client, client_id)
    return _page(Open311ClientForm(formdata=None, obj=client), client)


@bp.post("/open311/<int:client_id>")
def update_open311_client(client_id: int) -> ResponseReturnValue:
    return _save(found(Open311Client, client_id))


@bp.post("/open311/<int:client_id>/key")
def renew_open311_key(client_id: int) -> ResponseReturnValue:
    """The one page that ever shows the key; it goes into no cookie and no log."""
    client = found(Open311Client, client_id)
    key = services.renew_open311_key(client, by=current_user, at=clock.now())
    return _page(Open311ClientForm(formdata=None, obj=client), client, key=key)


@bp.post("/open311/<int:client_id>/key/revocation")
def revoke_open311_key(client_id: int) -> ResponseReturnValue:
    client = found(Open311Client, client_id)
    services.revoke_open311_key(client, by=current_user, at=clock.now())
    flash(_("Kunci %(name)s tidak berlaku lagi.", name=client.name), "success")
    return htmx.go(url_for(".open311_client", client_id=client.id))


def _save(client: Open311Client | None) -> ResponseReturnValue:
    form = Open311ClientForm()
    if not form.validate():
        return _page(form, client, 422)
    try:
        saved = services.save_open311_client(client, form.values, by=current_user, at=clock.now())
    except DomainError as error:
        form.refuse(error)
        return _page(form, client, 422)
    flash(_("%(name)s sudah disimpan.", name=saved.name), "success")
    return htmx.go(url_for(".open311_client", client_id=saved.id))


def _page(form: Any, client: Open311Client | None, status: int = 200, key: str = "") -> ResponseReturnValue:
    history = changes.told(queries.changes(kind="open311_client", key=client.id)) if client else []
    page = render_template(
        "administration/open311_client.html", form=form, client=client, key=key, changes=history
    )
    return page, status
