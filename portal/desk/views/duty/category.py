"""Put a running duty under another category or area; moderators decide where it is protected."""

from flask import abort, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, htmx
from portal.assignments import corrections
from portal.assignments import policy as duties
from portal.assignments.models import Assignment, Correction
from portal.categories.models import Category
from portal.desk import forms, policy
from portal.desk.queries import triage as queries
from portal.desk.views.blueprint import bp
from portal.desk.views.duty import taking
from portal.errors import DomainError
from portal.forms import choices
from portal.i18n import _
from portal.organisation import queries as organisation
from portal.organisation.models import Agency
from portal.places.models import Area
from portal.reports.labels import category_name
from portal.routing import queries as routing
from portal.routing.queries import city_day


@bp.get("/desk/<number>/category")
def category(number: str) -> ResponseReturnValue:
    assignment = _correctable(number)
    form = forms.CategoryForm(
        formdata=None, data={"category": assignment.category_code, "area": assignment.area_code}
    )
    return _page(assignment, form)


@bp.post("/desk/<number>/category")
def correct_category(number: str) -> ResponseReturnValue:
    assignment = _correctable(number)
    form = forms.CategoryForm()
    _fill(form)
    if form.validate_on_submit():
        try:
            made = corrections.correct(
                assignment,
                category=taking.found(Category, form.category.data),
                area=taking.found(Area, form.area.data or None),
                concerned=taking.found(Agency, form.concerned.data),
                reason=form.reason.data or "",
                by=current_user,
                at=clock.now(),
            )
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_told(made), "success")
            return htmx.go(taking.next_page(assignment))
    return _page(assignment, form, status=422)


@bp.get("/triage/corrections")
def category_wishes() -> ResponseReturnValue:
    """What officials asked for that only moderators decide."""
    authz.require(policy.may_triage(current_user))
    wishes = corrections.wishes(current_user)
    return htmx.render(
        "desk/category_wishes.html",
        block="wish_list",
        wishes=wishes,
        name=category_name,
        units=_units(),
    )


@bp.post("/triage/corrections/<int:correction_id>")
def decide_category(correction_id: int) -> ResponseReturnValue:
    authz.require(policy.may_triage(current_user))
    wish = next((one for one in corrections.wishes(current_user) if one.id == correction_id), None) or abort(
        404
    )
    is_made = request.form.get("decision") == "make"
    concerned = taking.found(Agency, forms.whole_number(request.form.get("concerned")))
    try:
        corrections.decide(wish, is_made=is_made, concerned=concerned, by=current_user, at=clock.now())
    except DomainError as error:
        flash(str(error), "error")
    else:
        flash(_("Bidang diperbaiki.") if is_made else _("Bidang tetap seperti semula."), "success")
    return htmx.go(url_for(".category_wishes"))


def _told(made: Correction) -> str:
    if made.is_made:
        return _("Bidang diperbaiki. Tenggat yang sudah berjalan tidak berubah.")
    return _("Usulan terkirim. Bidang yang dijaga seperti ini diputuskan moderator.")


def _correctable(number: str) -> Assignment:
    assignment = taking.matter_or_404(number)
    authz.require(duties.may_correct(current_user, assignment))
    return assignment


def _units() -> list[tuple[str, str]]:
    units = organisation.receivers(city_day(clock.now()))
    return [("", _("Tidak disebutkan")), *((str(one.id), one.name) for one in units)]


def _fill(form: forms.CategoryForm) -> None:
    offered = routing.offered_categories(clock.now())
    form.category.choices = choices((one.code, category_name(one)) for one in offered)
    areas = [(area.code, area.name) for area in queries.areas()]
    form.area.choices = choices([("", _("Seluruh kota")), *areas])
    form.concerned.choices = choices(_units())


def _page(assignment: Assignment, form: forms.CategoryForm, *, status: int = 200) -> ResponseReturnValue:
    _fill(form)
    return htmx.render(
        "desk/category.html",
        block="main",
        status=status,
        number=assignment.number,
        assignment=assignment,
        history=corrections.history(assignment),
        name=category_name,
        is_moderator=corrections.may_decide(current_user),
        form=form,
    )
