"""Officials: take on, change, invite, give roles, unlink."""

from collections.abc import Callable

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import clock, htmx
from portal.accounts import queries as accounts
from portal.accounts.rules import Role
from portal.administration import changes, forms, people, queries
from portal.administration.views.blueprint import bp
from portal.errors import DomainError
from portal.i18n import _
from portal.organisation.models import Official


@bp.get("/officials")
def officials() -> ResponseReturnValue:
    wanted, agency_id = request.args.get("q", "").strip()[:100], request.args.get("agency", type=int)
    rows = queries.officials(wanted=wanted, agency_id=agency_id, after=_after())
    last = rows[queries.PAGE - 1] if len(rows) > queries.PAGE else None
    return htmx.render(
        "administration/officials.html",
        block="official_list",
        officials=rows[: queries.PAGE],
        q=wanted,
        agency_id=agency_id or "",
        agencies=queries.agency_choices(),
        active_count=bool(wanted) + bool(agency_id),
        next_url=url_for(".officials", q=wanted or None, agency=agency_id, after=last.name, after_id=last.id)
        if last
        else None,
    )


@bp.get("/officials/new")
def new_official() -> ResponseReturnValue:
    return _page(_form(None), None)


@bp.post("/officials/new")
def create_official() -> ResponseReturnValue:
    return _save(None)


@bp.get("/officials/<int:official_id>")
def official(official_id: int) -> ResponseReturnValue:
    thing = _found(official_id)
    return _page(_form(thing), thing)


@bp.post("/officials/<int:official_id>")
def update_official(official_id: int) -> ResponseReturnValue:
    return _save(_found(official_id))


@bp.post("/officials/<int:official_id>/invitation")
def invite_official(official_id: int) -> ResponseReturnValue:
    thing = _found(official_id)
    return _act(
        thing,
        lambda: people.invite(thing, by=current_user, at=clock.now()),
        _("Undangan sudah dikirim ke %(email)s.", email=thing.email),
    )


@bp.post("/officials/<int:official_id>/unlinking")
def unlink_official(official_id: int) -> ResponseReturnValue:
    thing = _found(official_id)
    return _act(
        thing,
        lambda: people.unlink_account(thing, by=current_user, at=clock.now()),
        _("Akun itu tidak lagi mewakili %(name)s.", name=thing.name),
    )


@bp.post("/officials/<int:official_id>/roles")
def grant_roles(official_id: int) -> ResponseReturnValue:
    thing, form = _found(official_id), forms.Roles()
    if not form.validate():
        abort(422)  # only boxes of ours: nobody can have typed anything else
    roles = frozenset(Role(value) for value in form.roles.data or ())
    return _act(
        thing,
        lambda: people.grant_roles(thing, roles, by=current_user, at=clock.now()),
        _("Peran %(name)s sudah disimpan.", name=thing.name),
    )


def _act(thing: Official, verb: Callable[[], None], done: str) -> ResponseReturnValue:
    """Do one thing about the account; a refusal is shown on top of the official's page."""
    try:
        verb()
    except DomainError as error:
        form = _form(thing)
        form.refuse(error)
        return _page(form, thing, 422)
    flash(done, "success")
    return htmx.go(url_for(".official", official_id=thing.id))


def _save(thing: Official | None) -> ResponseReturnValue:
    form = forms.Official()
    _offer(form)
    if not form.validate():
        return _page(form, thing, 422)
    try:
        saved = people.save_official(thing, form.values, by=current_user, at=clock.now())
    except DomainError as error:
        form.refuse(error)
        return _page(form, thing, 422)
    flash(_("%(name)s sudah disimpan.", name=saved.name), "success")
    return htmx.go(url_for(".official", official_id=saved.id))


def _found(official_id: int) -> Official:
    thing = queries.official(official_id)
    return thing if thing is not None else abort(404)


def _form(thing: Official | None) -> forms.Official:
    codes = [row.area_code for row in thing.area_rows] if thing else []
    form = forms.Official(formdata=None, obj=thing, area_codes=codes)
    _offer(form)
    return form


def _offer(form: forms.Official) -> None:
    form.offer(queries.agency_choices(), queries.official_choices(), queries.areas())


def _page(form: forms.Official, thing: Official | None, status: int = 200) -> ResponseReturnValue:
    user = accounts.user_by_id(thing.user_id) if thing and thing.user_id else None
    page = render_template(
        "administration/official.html",
        form=form,
        official=thing,
        account=user,
        roles=forms.Roles(formdata=None, roles=[role.value for role in user.roles]) if user else None,
        changes=changes.told(queries.changes(kind="official", key=thing.id)) if thing else [],
    )
    return page, status


def _after() -> tuple[str, int] | None:
    name, number = request.args.get("after"), request.args.get("after_id", type=int)
    return (name, number) if name and number is not None else None
