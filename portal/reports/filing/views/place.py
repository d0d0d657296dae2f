"""Where is it? By name, by the phone's position, by a pin on the map, or in the resident's own words."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock, config
from portal.forms import choices, plain
from portal.i18n import _
from portal.reports.filing import forms, rules, services, whereabouts
from portal.reports.filing.rules import Answers, Step
from portal.reports.filing.views import frame, similar
from portal.reports.filing.views.base import bp
from portal.reports.filing.whereabouts import UNKNOWN, Offered


@bp.get("/<token>/place")
def place(token: str) -> ResponseReturnValue:
    """`q` searches areas by name; `lat` and `lon`, sent by the phone or the map, find them by point."""
    answers = Answers.read(frame.draft_or_leave(token).data)
    chosen = UNKNOWN if answers.area_unknown else answers.area
    form = forms.PlaceForm(data={**answers.stored(), "area": chosen})
    return _place_page(token, answers, form, _asked_for() or _kept(form))


@bp.post("/<token>/place")
def save_place(token: str) -> ResponseReturnValue:
    draft, form = frame.draft_or_leave(token), forms.PlaceForm()
    if not form.validate_on_submit():
        return _place_page(token, Answers.read(draft.data), form, Offered(), status=422)
    kept = whereabouts.kept(form.area.data or _only_one_named(form), form.point)
    answers = services.keep(draft, at=clock.now(), place=form.place.data, **kept)
    if form.search.data:
        return redirect(url_for(".place", token=token, q=form.q.data, **frame.returning()), 303)
    if rules.is_placed(answers):
        return similar.before(Step.PLACE, token, answers)
    _say_what_is_missing(form, answers)
    return _place_page(token, answers, form, _named(form.q.data) or _kept(form), status=422)


def _asked_for() -> Offered | None:
    """What the address asks for: the areas around a point, or those of a name."""
    lat, lon = (request.args.get(name, type=float) for name in ("lat", "lon"))
    if lat is not None and lon is not None and abs(lat) <= 90 and abs(lon) <= 180:
        return whereabouts.at_point((lat, lon), clock.now())
    return _named(plain(request.args.get("q")))


def _named(wanted: str | None) -> Offered | None:
    return whereabouts.by_name(wanted) if wanted else None


def _kept(form: forms.PlaceForm) -> Offered:
    """What was answered or typed on an earlier visit."""
    if form.point:
        return whereabouts.at_point(form.point, clock.now(), chosen=form.area.data or "")
    return whereabouts.chosen_before(form.area.data or "")


def _only_one_named(form: forms.PlaceForm) -> str:
    """Whoever typed the one name that fits need not press a button to say so."""
    found = _named(form.q.data)
    return found.chosen if found else ""


def _say_what_is_missing(form: forms.PlaceForm, answers: Answers) -> None:
    if answers.area_unknown:
        told = _("Tulis tempatnya sejelas mungkin, supaya moderator dapat mencarikan wilayahnya.")
        form.place.errors = [told]
    else:
        form.area.errors = [_("Cari, lalu pilih kelurahan atau kecamatannya.")]


def _place_page(
    token: str, answers: Answers, form: forms.PlaceForm, offered: Offered, status: int = 200
) -> ResponseReturnValue:
    named = [(area.code, whereabouts.area_name(area)) for area in offered.areas]
    form.area.choices = choices([*named, (UNKNOWN, _("Saya tidak tahu kelurahannya"))])
    form.area.data = offered.chosen or form.area.data
    form.q.data = form.q.data or plain(request.args.get("q"))
    return frame.page(
        Step.PLACE,
        token,
        answers,
        form,
        status=status,
        block="area_choices",
        offered=offered,
        city_name=config.current().city_name,
        has_found=bool(named),
    )
