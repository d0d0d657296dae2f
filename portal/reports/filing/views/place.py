"""Where is it? By name, by the phone's position, or by a tap on the map."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.forms import choices, plain
from portal.i18n import _
from portal.places import queries as places
from portal.reports.filing import forms, queries, services, summaries
from portal.reports.filing.rules import Answers, Step
from portal.reports.filing.views import frame
from portal.reports.filing.views.base import bp


@bp.get("/<token>/place")
def place(token: str) -> ResponseReturnValue:
    """`q` searches areas by name; `lat` and `lon`, sent by the phone or the map, find them by point."""
    answers = Answers.read(frame.draft_or_leave(token).data)
    return _place_page(token, answers, forms.PlaceForm(data=answers.stored()))


@bp.post("/<token>/place")
def save_place(token: str) -> ResponseReturnValue:
    draft, form = frame.draft_or_leave(token), forms.PlaceForm()
    is_shaped = form.validate_on_submit()
    if is_shaped:
        kept = _place_of(form)
        answers = services.keep(draft, at=clock.now(), **kept)
        if form.search.data:
            return redirect(url_for(".place", token=token, q=form.q.data, **frame.returning()), 303)
        if answers.area and queries.area(answers.area):
            return frame.onward(Step.PLACE, token, answers)
        form.area.errors = [_("Cari, lalu pilih kelurahan atau kecamatannya.")]
    return _place_page(token, Answers.read(draft.data), form, status=422)


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
    return frame.page(
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
