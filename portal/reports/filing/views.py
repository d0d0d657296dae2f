"""Filing a report: every question is a page of its own, kept as soon as it is answered."""

from typing import Any, NoReturn

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import clock, config, htmx
from portal.categories.rules import CategoryClass
from portal.errors import DomainError
from portal.forms import Form, choices, plain
from portal.i18n import _
from portal.organisation import queries as organisation
from portal.organisation.outside import labels as outside_labels
from portal.places import queries as places
from portal.reports import labels, tracking
from portal.reports import queries as reports
from portal.reports.filing import forms, queries, receipts, rules, services, summaries
from portal.reports.filing.rules import Answers, Step
from portal.reports.models import ReportDraft
from portal.routing import queries as routing
from portal.security import limiter

bp = Blueprint("filing", __name__, url_prefix="/reports/new")

UNKNOWN_UNIT = "0"


@bp.get("")
def new() -> ResponseReturnValue:
    return _page(Step.WHAT, None, Answers(), forms.WhatForm(data={"kind": Answers().kind}))


@bp.post("")
@limiter.limit(lambda: config.current().filing_limit)
def create() -> ResponseReturnValue:
    form = forms.WhatForm()
    if not form.validate_on_submit():
        return _page(Step.WHAT, None, Answers(), form, status=422)
    answers = Answers(kind=form.kind.data, title=plain(form.title.data), body=plain(form.body.data))
    return _go(Step.CATEGORY, services.begin(answers, at=clock.now()))


@bp.get("/<token>/what")
def what(token: str) -> ResponseReturnValue:
    answers = Answers.read(_draft(token).data)
    return _page(Step.WHAT, token, answers, forms.WhatForm(data=answers.stored()))


@bp.post("/<token>/what")
def save_what(token: str) -> ResponseReturnValue:
    draft, form = _draft(token), forms.WhatForm()
    if not form.validate_on_submit():
        return _page(Step.WHAT, token, Answers.read(draft.data), form, status=422)
    return _onward(Step.WHAT, token, services.keep(draft, at=clock.now(), **_said(form)))


@bp.get("/<token>/category")
def category(token: str) -> ResponseReturnValue:
    answers = Answers.read(_draft(token).data)
    return _category_page(token, answers, _category_form(answers))


@bp.post("/<token>/category")
def save_category(token: str) -> ResponseReturnValue:
    draft = _draft(token)
    answers = Answers.read(draft.data)
    form = _category_form(answers)
    if not form.validate_on_submit():
        return _category_page(token, answers, form, status=422)
    answers = services.choose_category(draft, form.category.data, at=clock.now())
    return _onward(Step.CATEGORY, token, answers)


@bp.get("/<token>/emergency")
def emergency(token: str) -> ResponseReturnValue:
    answers = Answers.read(_draft(token).data)
    return _page(Step.EMERGENCY, token, answers, forms.EmergencyForm(data=answers.stored()))


@bp.post("/<token>/emergency")
def save_emergency(token: str) -> ResponseReturnValue:
    draft, form = _draft(token), forms.EmergencyForm()
    if not form.validate_on_submit():
        return _page(Step.EMERGENCY, token, Answers.read(draft.data), form, status=422)
    answers = services.keep(draft, at=clock.now(), emergency_read=True)
    return _onward(Step.EMERGENCY, token, answers)


@bp.get("/<token>/outside")
def outside(token: str) -> ResponseReturnValue:
    """Somebody else answers for it: who, and how to reach them, before anything more is typed."""
    answers = Answers.read(_draft(token).data)
    bodies = [outside_labels.told(one) for one in queries.outside_bodies(answers.category, clock.now())]
    if not bodies:
        return redirect(_url(rules.after(Step.OUTSIDE, _extra(answers)), token))
    return _page(Step.OUTSIDE, token, answers, forms.OutsideForm(), bodies=bodies)


@bp.post("/<token>/outside")
def save_outside(token: str) -> ResponseReturnValue:
    """The resident thinks that it is the city's all the same: nobody is turned away."""
    answers = services.keep(_draft(token), at=clock.now(), outside_read=True)
    return _onward(Step.OUTSIDE, token, answers)


@bp.get("/<token>/unit")
def unit(token: str) -> ResponseReturnValue:
    answers = Answers.read(_draft(token).data)
    return _page(Step.UNIT, token, answers, _unit_form(answers))


@bp.post("/<token>/unit")
def save_unit(token: str) -> ResponseReturnValue:
    draft = _draft(token)
    form = _unit_form(Answers.read(draft.data))
    if not form.validate_on_submit():
        return _page(Step.UNIT, token, Answers.read(draft.data), form, status=422)
    chosen = None if form.unit.data == UNKNOWN_UNIT else int(form.unit.data)
    answers = services.keep(draft, at=clock.now(), unit=chosen, unit_told=True)
    return _onward(Step.UNIT, token, answers)


@bp.get("/<token>/place")
def place(token: str) -> ResponseReturnValue:
    """`q` searches areas by name; `lat` and `lon`, sent by the phone or the map, find them by point."""
    answers = Answers.read(_draft(token).data)
    return _place_page(token, answers, forms.PlaceForm(data=answers.stored()))


@bp.post("/<token>/place")
def save_place(token: str) -> ResponseReturnValue:
    draft, form = _draft(token), forms.PlaceForm()
    is_shaped = form.validate_on_submit()
    if is_shaped:
        kept = _place_of(form)
        answers = services.keep(draft, at=clock.now(), **kept)
        if form.search.data:
            return redirect(url_for(".place", token=token, q=form.q.data, **_return()), 303)
        if answers.area and queries.area(answers.area):
            return _onward(Step.PLACE, token, answers)
        form.area.errors = [_("Cari, lalu pilih kelurahan atau kecamatannya.")]
    return _place_page(token, Answers.read(draft.data), form, status=422)


@bp.get("/<token>/photos")
def photos(token: str) -> ResponseReturnValue:
    return _photos_page(token, Answers.read(_draft(token).data), forms.PhotosForm())


@bp.post("/<token>/photos")
@limiter.limit(lambda: config.current().filing_limit)
def save_photos(token: str) -> ResponseReturnValue:
    """What is a photo is kept; what is not is refused beside the field, and only that."""
    draft, form = _draft(token), forms.PhotosForm()
    if not form.validate_on_submit():
        return _photos_page(token, Answers.read(draft.data), form, status=422)
    refused = []
    for upload in filter(None, form.photos.data or []):
        try:
            services.add_photo(draft, upload.stream, at=clock.now())
        except DomainError as error:
            refused.append(_("%(file)s: %(reason)s", file=upload.filename, reason=error))
    if refused:
        form.photos.errors = refused
        return _photos_page(token, Answers.read(draft.data), form, status=422)
    return _onward(Step.PHOTOS, token, Answers.read(draft.data))


@bp.post("/<token>/photos/<int:photo_id>/removal")
def remove_photo(token: str, photo_id: int) -> ResponseReturnValue:
    services.remove_photo(_draft(token), photo_id, at=clock.now())
    return htmx.go(url_for(".photos", token=token))


@bp.get("/<token>/person")
def person(token: str) -> ResponseReturnValue:
    answers = Answers.read(_draft(token).data)
    return _person_page(token, answers, forms.PersonForm(data=answers.stored()))


@bp.post("/<token>/person")
def save_person(token: str) -> ResponseReturnValue:
    draft, form = _draft(token), forms.PersonForm()
    if not form.validate_on_submit():
        return _person_page(token, Answers.read(draft.data), form, status=422)
    kept = {
        "is_anonymous": form.is_anonymous.data,
        "is_confidential": form.is_confidential.data,
        "name": form.name.data,
        "email": form.email.data,
    }
    return _onward(Step.PERSON, token, services.keep(draft, at=clock.now(), **kept))


@bp.get("/<token>/check")
def check(token: str) -> ResponseReturnValue:
    answers = Answers.read(_draft(token).data)
    if step := rules.missing(answers, _extra(answers)):
        return redirect(_url(step, token))
    return _check_page(token, answers, forms.CheckForm())


@bp.post("/<token>/check")
@limiter.limit(lambda: config.current().filing_limit)
def send(token: str) -> ResponseReturnValue:
    draft, form = _draft(token, for_update=True), forms.CheckForm()
    answers = Answers.read(draft.data)
    if step := rules.missing(answers, _extra(answers)):
        return redirect(_url(step, token), 303)
    if form.validate_on_submit():
        try:
            services.send(draft, token, by=_account(), at=clock.now())
            return htmx.go(url_for(".receipt", token=token))
        except DomainError as error:
            form.refuse(error)
    return _check_page(token, answers, form, status=422)


@bp.get("/<token>/receipt")
def receipt(token: str) -> ResponseReturnValue:
    """The number and the code, for a day; after that the number and the code lead back."""
    report = reports.by_form_token(tracking.token_digest(token))
    if report is None:
        abort(404)
    if clock.now() > report.received_at + rules.RECEIPT_LIFETIME:
        return redirect(url_for("following.track", number=report.number))
    shown = receipts.receipt(report, services.tracking_code(token), at=clock.now())
    return render_template("reports/receipt.html", receipt=shown, report=report)


def _draft(token: str, *, for_update: bool = False) -> ReportDraft:
    draft = queries.draft(token, clock.now(), for_update=for_update)
    if draft is None:
        _leave(token)
    return draft


def _leave(token: str) -> NoReturn:
    """There is no draft: to the receipt when it was sent, to a new one when it is over."""
    if reports.by_form_token(tracking.token_digest(token)):
        abort(redirect(url_for(".receipt", token=token), 303))
    flash(_("Draf ini sudah tidak ada. Draf disimpan tujuh hari sejak terakhir diisi."), "warn")
    abort(redirect(url_for(".new"), 303))


def _url(step: Step, token: str, **values: Any) -> str:
    return url_for(f".{step.value}", token=token, **values)


def _go(step: Step, token: str) -> ResponseReturnValue:
    return htmx.go(_url(step, token))


def _return() -> dict[str, Any]:
    """Whoever came from the last page goes back there."""
    return {"to": Step.CHECK.value} if request.args.get("to") == Step.CHECK.value else {}


def _onward(step: Step, token: str, answers: Answers) -> ResponseReturnValue:
    added = _extra(answers)
    following = rules.after(step, added)
    if _return():
        following = rules.missing(answers, added) or Step.CHECK
    return _go(following, token)


def _page(
    step: Step,
    token: str | None,
    answers: Answers,
    form: Form,
    *,
    status: int = 200,
    block: str = "main",
    **context: Any,
) -> ResponseReturnValue:
    added = _extra(answers)
    before = rules.before(step, added)
    frame = {
        "form": form,
        "token": token,
        "action": _url(step, token, **_return()) if token else url_for(".create"),
        "position": rules.position(step, added),
        "total": len(rules.steps(added)),
        "back_url": _url(before, token) if token and before else url_for("pages.home"),
    }
    template = f"reports/new/{step.value}.html"
    return htmx.render(template, block=block, status=status, **frame, **context)


def _said(form: forms.WhatForm) -> dict[str, Any]:
    return {"kind": form.kind.data, "title": form.title.data, "body": form.body.data}


def _extra(answers: Answers) -> frozenset[Step]:
    return queries.extra_steps(answers.category, clock.now())


def _class_of(answers: Answers) -> CategoryClass | None:
    chosen = queries.category(answers.category)
    return chosen.category_class if chosen else None


def _category_form(answers: Answers) -> forms.CategoryForm:
    form = forms.CategoryForm(data={"category": answers.category or None})
    offered = routing.offered_categories(clock.now())
    form.category.choices = choices((one.code, labels.category_name(one)) for one in offered)
    return form


def _category_page(
    token: str, answers: Answers, form: forms.CategoryForm, status: int = 200
) -> ResponseReturnValue:
    offered = routing.offered_categories(clock.now())
    guesses = summaries.suggestions(answers, form.category)
    groups = summaries.grouped(offered, form.category, {guess.code for guess in guesses})
    return _page(Step.CATEGORY, token, answers, form, status=status, guesses=guesses, groups=groups)


def _unit_form(answers: Answers) -> forms.UnitForm:
    told = str(answers.unit or UNKNOWN_UNIT) if answers.unit_told else None
    form = forms.UnitForm(data={"unit": told})
    day = routing.city_day(clock.now())
    form.unit.choices = choices(
        [
            (UNKNOWN_UNIT, _("Saya tidak tahu")),
            *((str(agency.id), agency.name) for agency in organisation.receivers(day)),
        ]
    )
    return form


def _place_page(
    token: str, answers: Answers, form: forms.PlaceForm, status: int = 200
) -> ResponseReturnValue:
    chosen = form.area.data or answers.area
    found = _areas_asked_for(form)
    if found is None:
        found = [area] if (area := queries.area(chosen)) else []
    form.area.choices = choices((area.code, summaries.area_name(area)) for area in found)
    form.area.data = found[0].code if len(found) == 1 else chosen
    form.q.data = form.q.data or plain(request.args.get("q"))
    return _page(
        Step.PLACE,
        token,
        answers,
        form,
        status=status,
        block="area_choices",
        has_searched=bool(form.q.data),
    )


def _areas_asked_for(form: forms.PlaceForm) -> Any:
    """The areas that the address or the search box asks for, None when nothing does."""
    lat, lon = (request.args.get(name, type=float) for name in ("lat", "lon"))
    if lat is not None and lon is not None:
        area = places.area_at(lat, lon)
        row = queries.area(area.code) if area else None
        return [row] if row else []
    wanted = plain(request.args.get("q")) or (form.q.data if form.is_submitted() else "")
    return queries.areas(wanted) if wanted else None


def _place_of(form: forms.PlaceForm) -> dict[str, Any]:
    point = (form.lat.data, form.lon.data)
    lat, lon = point if None not in point else (None, None)
    kept = {"place": form.place.data, "lat": lat, "lon": lon}
    # Whoever typed the one name that fits need not press a button to say so.
    fitting = queries.areas(form.q.data or "") if not form.area.data else []
    code = fitting[0].code if len(fitting) == 1 else form.area.data
    return {**kept, "area": code} if code and queries.area(code) else kept


def _photos_page(
    token: str, answers: Answers, form: forms.PhotosForm, status: int = 200
) -> ResponseReturnValue:
    return _page(Step.PHOTOS, token, answers, form, status=status, photos=summaries.photos(token, answers))


def _person_page(
    token: str, answers: Answers, form: forms.PersonForm, status: int = 200
) -> ResponseReturnValue:
    always = _class_of(answers) is CategoryClass.CONFIDENTIAL
    return _page(
        Step.PERSON, token, answers, form, status=status, account=_account(), always_confidential=always
    )


def _check_page(
    token: str, answers: Answers, form: forms.CheckForm, status: int = 200
) -> ResponseReturnValue:
    summary = summaries.summary(token, answers, account=_account())
    return _page(Step.CHECK, token, answers, form, status=status, summary=summary)


def _account() -> Any:
    return current_user if current_user.is_authenticated else None
