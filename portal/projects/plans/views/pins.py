"""One pin, and what residents do with pins."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from portal import authz, clock, htmx, page_cache
from portal.errors import DomainError
from portal.i18n import _
from portal.projects import keys, pace
from portal.projects import queries as projects
from portal.projects.frame import frame
from portal.projects.models import Project
from portal.projects.plans import forms, labels, pages, policy, queries, rules, services, sheets
from portal.projects.plans.models import Pin, PlanVersion

bp = Blueprint("pins", __name__)


@bp.get("/projects/<slug>/plan/pins/new")
@login_required
def new(slug: str) -> ResponseReturnValue:
    """The form beside the drawing; its block alone where a script placed the pin on the public page."""
    project, version = _on_the_table(slug)
    authz.require(policy.may_pin(current_user, project, clock.now()))
    form = forms.PinForm(formdata=None, data=_placed())
    return htmx.render("projects/plan/new_pin.html", block="pin_form", **_form_page(project, version, form))


@bp.post("/projects/<slug>/plan/pins")
@login_required
def create(slug: str) -> ResponseReturnValue:
    project, version = _on_the_table(slug)
    authz.require(policy.may_pin(current_user, project, clock.now()))
    form = forms.PinForm()
    if form.validate_on_submit():
        try:
            note, photo = _note(form, version), form.photo.data or None
            with pace.slowly():
                pin = services.place(version, note, by=current_user, at=clock.now(), photo=photo)
            flash(_("Catatan Anda sudah ada di denah."), "success")
            return htmx.go(url_for(".show", number=pin.number))
        except DomainError as error:
            form.refuse(error)
    return render_template("projects/plan/new_pin.html", **_form_page(project, version, form)), 422


@bp.get("/pins/<number>")
@page_cache.public
def show(number: str) -> ResponseReturnValue:
    pin = _public_pin(number)
    if number != pin.number:
        return redirect(url_for(".show", number=pin.number), 301)
    places, after = queries.places_of(pin), keys.number(request.args.get("after")) or 0
    return htmx.render(
        "projects/plan/pin.html", block="pin_talk", **pages.pin(pin, places, clock.now(), after=after)
    )


@bp.get("/pins/<number>/edit")
@login_required
def edit(number: str) -> ResponseReturnValue:
    pin = _own_pin(number)
    place = queries.places_of(pin)[-1]
    there = {"x": str(place.x), "y": str(place.y), "square": rules.square_name(place.square)}
    form = forms.PinForm(formdata=None, data={"kind": pin.kind, "body": pin.body, **(_placed() or there)})
    return render_template("projects/plan/edit_pin.html", **_edit_page(pin, place.plan_version, form))


@bp.post("/pins/<number>")
@login_required
def update(number: str) -> ResponseReturnValue:
    pin, form = _own_pin(number), forms.PinForm()
    version = queries.places_of(pin)[-1].plan_version
    if form.validate_on_submit():
        try:
            services.edit(pin, _note(form, version), at=clock.now())
            flash(_("Catatan Anda diperbarui."), "success")
            return htmx.go(url_for(".show", number=pin.number))
        except DomainError as error:
            form.refuse(error)
    return render_template("projects/plan/edit_pin.html", **_edit_page(pin, version, form)), 422


@bp.post("/pins/<number>/withdrawal")
@login_required
def withdraw(number: str) -> ResponseReturnValue:
    pin = _own_pin(number)
    services.withdraw(pin, at=clock.now())
    flash(_("Catatan Anda ditarik dari denah."), "success")
    return htmx.go(url_for("plans.show", slug=pin.project.slug))


@bp.get("/pins/<number>/support")
@login_required
def support(number: str) -> ResponseReturnValue:
    """The form stands on a page of its own, so that the public page carries no token."""
    pin = _public_pin(number)
    return render_template(
        "projects/plan/support.html",
        pin=pin,
        kind=labels.KIND[pin.kind],
        is_author=policy.is_author(current_user, pin),
        is_supporter=queries.is_supporter(pin, current_user),
        may_support=policy.may_support(current_user, pin, clock.now()),
        may_change=policy.may_change(current_user, pin, clock.now()),
    )


@bp.post("/pins/<number>/support")
@login_required
def add_support(number: str) -> ResponseReturnValue:
    return _support(number, services.support, _("Dukungan Anda dicatat."))


@bp.post("/pins/<number>/support/removal")
@login_required
def remove_support(number: str) -> ResponseReturnValue:
    return _support(number, services.unsupport, _("Dukungan Anda dicabut."))


def _support(number: str, act: Any, thanks: str) -> ResponseReturnValue:
    pin = _public_pin(number)
    authz.require(policy.may_support(current_user, pin, clock.now()))
    act(pin, by=current_user, at=clock.now())
    flash(thanks, "success")
    return htmx.go(url_for(".show", number=pin.number))


def _on_the_table(slug: str) -> tuple[Project, PlanVersion]:
    project = projects.project_or_404(slug)
    return project, queries.current(project) or abort(404)


def _public_pin(number: str) -> Pin:
    pin = queries.pin_or_404(number)
    return pin if pin.project.published_at is not None else abort(404)


def _own_pin(number: str) -> Pin:
    pin = _public_pin(number)
    authz.require(policy.may_change(current_user, pin, clock.now()))
    return pin


def _placed() -> dict[str, Any]:
    """The place in the address: a point, or a square."""
    typed = {name: request.args.get(name, "")[:4] for name in ("x", "y")}
    place = forms.point(typed["x"], typed["y"])
    if place is not None:
        return {**typed, "square": rules.square_name(rules.square_at(*place))}
    square = rules.square_named(request.args.get("square", ""))
    return {} if square is None else {"square": rules.square_name(square)}


def _note(form: forms.PinForm, version: PlanVersion) -> services.Note:
    """The place that was pointed at; a square alone gets a free spot in it."""
    square = rules.square_named(form.square.data or "")
    place = form.point
    if square is not None and (place is None or rules.square_at(*place) != square):
        place = rules.spot(square, queries.counts_by_square(version, queries.Wanted()).get(square, 0))
    assert place is not None  # noqa: S101 - the form asks for one of the two
    return services.Note(kind=form.pin_kind, body=form.body.data or "", x=place[0], y=place[1])


def _form_page(project: Project, version: PlanVersion, form: forms.PinForm) -> dict[str, Any]:
    return {
        "frame": frame(project, clock.now(), current="plan"),
        "project": project,
        "form": form,
        "hints": labels.KIND_HINT,
        **_aim(version, form, lambda square: url_for(".new", slug=project.slug, square=square)),
    }


def _edit_page(pin: Pin, version: PlanVersion, form: forms.PinForm) -> dict[str, Any]:
    return {
        "pin": pin,
        "project": pin.project,
        "form": form,
        "hints": labels.KIND_HINT,
        **_aim(version, form, lambda square: url_for(".edit", number=pin.number, square=square)),
    }


def _aim(version: PlanVersion, form: forms.PinForm, address: Any) -> dict[str, Any]:
    """The drawing with its squares, each a link, and the place that is chosen so far."""
    square = rules.square_named(form.square.data or "")
    place = form.point or (rules.spot(square, 0) if square is not None else None)
    return {
        "sheet": sheets.sheet(version),
        "squares": sheets.squares(square, address),
        "aim": (sheets.share(place[0] / rules.WHOLE), sheets.share(place[1] / rules.WHOLE))
        if place
        else None,
    }
