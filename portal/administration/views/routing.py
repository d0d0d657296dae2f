"""Routing rules, and a bench to try which one would match."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import clock, htmx
from portal.administration import changes, forms, queries, services, trials
from portal.administration.views.blueprint import bp, found
from portal.errors import DomainError
from portal.i18n import _
from portal.routing import queries as routing
from portal.routing.models import RoutingRule


@bp.get("/routing")
def rules() -> ResponseReturnValue:
    now = clock.now()
    category_code, agency_id = request.args.get("category", ""), request.args.get("agency", type=int)
    tried = (request.args.get("try_category", ""), request.args.get("try_area", ""))
    return render_template(
        "administration/rules.html",
        rules=queries.rules(category_code=category_code, agency_id=agency_id),
        category_code=category_code,
        agency_id=agency_id or "",
        active_count=bool(category_code) + bool(agency_id),
        categories=trials.category_choices(),
        agencies=queries.agency_choices(),
        areas=queries.area_choices(),
        tried=tried,
        trial=trials.attempt(*tried, now) if tried[0] else None,
        today=routing.city_day(now),
    )


@bp.get("/routing/new")
def new_rule() -> ResponseReturnValue:
    return _page(_form(None), None)


@bp.post("/routing/new")
def create_rule() -> ResponseReturnValue:
    return _save(None)


@bp.get("/routing/<int:rule_id>")
def rule(rule_id: int) -> ResponseReturnValue:
    thing = found(RoutingRule, rule_id)
    return _page(_form(thing), thing)


@bp.post("/routing/<int:rule_id>")
def update_rule(rule_id: int) -> ResponseReturnValue:
    return _save(found(RoutingRule, rule_id))


def _save(thing: RoutingRule | None) -> ResponseReturnValue:
    form = forms.Rule()
    _offer(form, None)
    if not form.validate():
        return _page(form, thing, 422)
    try:
        saved = services.save_rule(thing, form.values, by=current_user, at=clock.now())
    except DomainError as error:
        form.refuse(error)
        return _page(form, thing, 422)
    flash(_("Aturan penerusan sudah disimpan."), "success")
    return htmx.go(url_for(".rule", rule_id=saved.id))


def _form(thing: RoutingRule | None) -> forms.Rule:
    if thing is None:
        form = forms.Rule(formdata=None, priority=0, valid_from=routing.city_day(clock.now()))
        form.offer(trials.category_choices(), queries.area_choices(), queries.agency_choices(), [])
        return form
    form = forms.Rule(formdata=None, obj=thing, pool=[member.official_id for member in thing.pool])
    _offer(form, thing.agency_id)
    return form


def _offer(form: forms.Rule, agency_id: int | None) -> None:
    form.offer(
        trials.category_choices(),
        queries.area_choices(),
        queries.agency_choices(),
        queries.official_choices(agency_id or form.agency_id.data),
    )


def _page(form: forms.Rule, thing: RoutingRule | None, status: int = 200) -> ResponseReturnValue:
    history = changes.told(queries.changes(kind="rule", key=thing.id)) if thing else []
    return (
        render_template(
            "administration/rule.html",
            form=form,
            rule=thing,
            is_sealed=queries.is_sealed(form.category_code.data),
            changes=history,
        ),
        status,
    )
