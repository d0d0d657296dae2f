"""Who stands in for whom by default: kept by administrators, and by leaders for those below them."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, htmx
from portal.administration import changes, forms, people, queries, substitutes
from portal.errors import DomainError
from portal.i18n import _
from portal.organisation import policy as organisation_policy
from portal.organisation import queries as organisation
from portal.organisation.models import Official

bp = Blueprint("substitutes", __name__, url_prefix="/team/substitutes")


@bp.get("/")
def index() -> ResponseReturnValue:
    authz.require(organisation_policy.may_keep_substitutes(current_user))
    wanted = request.args.get("q", "").strip()[:100]
    name, number = request.args.get("after"), request.args.get("after_id", type=int)
    after = (name, number) if name and number is not None else None
    rows = substitutes.listed(_line(), wanted=wanted, after=after)
    last = rows[queries.PAGE - 1] if len(rows) > queries.PAGE else None
    return htmx.render(
        "administration/substitutes.html",
        block="substitute_list",
        rows=rows[: queries.PAGE],
        names=substitutes.names([row.id for row in rows]),
        q=wanted,
        next_url=url_for(".index", q=wanted or None, after=last.name, after_id=last.id) if last else None,
    )


@bp.get("/<int:official_id>")
def edit(official_id: int) -> ResponseReturnValue:
    official = _found(official_id)
    return _page(official, _form(official, substitutes.of(official.id)))


@bp.post("/<int:official_id>")
def update(official_id: int) -> ResponseReturnValue:
    official = _found(official_id)
    form = _form(official, [])
    if form.validate():
        try:
            people.name_substitutes(official, form.chosen, by=current_user, at=clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Pengganti tetap %(name)s sudah disimpan.", name=official.name), "success")
            return htmx.go(url_for(".edit", official_id=official.id))
    return _page(official, form, 422)


def _line() -> Any:
    if organisation_policy.may_lead_a_team(current_user):
        return organisation.line_of(current_user)
    return organisation.everybody()


def _found(official_id: int) -> Official:
    official = queries.official(official_id) or abort(404)
    authz.require(organisation_policy.may_name_substitutes(current_user, official))
    return official


def _form(official: Official, present: list[int]) -> forms.Substitutes:
    chosen = dict(zip(forms.Substitutes.PLACES, present, strict=False))
    form = forms.Substitutes(**chosen)
    form.offer(substitutes.choices_for(official))
    return form


def _page(official: Official, form: forms.Substitutes, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "administration/substitutes_of.html",
        official=official,
        form=form,
        changes=changes.told(queries.changes(kind="substitutes", key=official.id)),
    )
    return page, status
