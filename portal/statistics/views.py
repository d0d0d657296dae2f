"""How the city and its agencies perform: pages and downloads."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock, config, page_cache
from portal.assignments import owners
from portal.errors import DomainError
from portal.i18n import local
from portal.security import limiter
from portal.statistics import charts, exports, overviews, queries, services, words
from portal.statistics.documents import Overview, Timing
from portal.statistics.forms import PeriodForm
from portal.statistics.queries import AgencyRow

bp = Blueprint("statistics", __name__)

# Other periods are computed when asked for; this only stops machines that ask for all of them.
OTHER_PERIODS = limiter.limit("20 per minute", exempt_when=lambda: not request.args)
CURVES: dict[str, Callable[[Overview], Timing]] = {
    "first-response": lambda overview: overview["figures"]["first_response"],
    "first-closure": lambda overview: overview["figures"]["first_closure"],
    "lasting-closure": lambda overview: overview["figures"]["lasting_closure"],
}


@bp.get("/statistics")
@OTHER_PERIODS
@page_cache.public
def index() -> ResponseReturnValue:
    form = _form(queries.agencies())
    if not _is_valid(form):
        return render_template("statistics/index.html", form=form, overview=None, period={}), 422
    if form.agency.data:
        period = {name: value for name, value in _period().items() if name != "origin"}
        return redirect(url_for(".agency", code=form.agency.data, **period))
    return _page("statistics/index.html", form, _city(form))


@bp.get("/statistics/agencies/<code>")
@OTHER_PERIODS
@page_cache.public
def agency(code: str) -> ResponseReturnValue:
    agencies = queries.agencies()
    row = _agency_or_404(code, agencies)
    form = _form(agencies)
    form.agency.data = code
    if not _is_valid(form):
        return render_template("statistics/agency.html", form=form, overview=None, agency=row, period={}), 422
    return _page("statistics/agency.html", form, _of_agency(row, form), agency=row)


@bp.get("/statistics/definitions")
@page_cache.public
def definitions() -> ResponseReturnValue:
    return render_template("statistics/definitions.html")


@bp.get("/statistics/figures.csv")
@OTHER_PERIODS
def figures_csv() -> ResponseReturnValue:
    return _csv("figures", exports.figures(_chosen()))


@bp.get("/statistics/agencies.csv")
@OTHER_PERIODS
def agencies_csv() -> ResponseReturnValue:
    return _csv("agencies", exports.agencies(_chosen()))


@bp.get("/statistics/curves/<name>.csv")
@OTHER_PERIODS
def curve_csv(name: str) -> ResponseReturnValue:
    if name not in CURVES:
        abort(404)
    return _csv(name, exports.curve(CURVES[name](_chosen())))


def _form(agencies: list[AgencyRow]) -> PeriodForm:
    names = owners.labels()
    return PeriodForm.of(request.args, agencies, {origin: names[origin] for origin in owners.with_resident()})


def _is_valid(form: PeriodForm) -> bool:
    if not form.validate():
        return False
    try:
        form.check(local(clock.now()).date())
    except DomainError as error:
        form.refuse(error)
        return False
    return True


def _city(form: PeriodForm) -> Overview:
    """The usual figures were made beforehand; another period is computed now."""
    at = clock.now()
    if form.origin.data:
        return overviews.of_origin(form.scope(at, config.current().zone), form.origin.data)
    if form.has_period:
        return overviews.of_city(form.scope(at, config.current().zone))
    return services.usual_overview(at)


def _of_agency(agency: AgencyRow, form: PeriodForm) -> Overview | None:
    """The same for an agency; None where its line in the city's table is withheld."""
    at = clock.now()
    if form.has_period:
        return overviews.of_agency(form.scope(at, config.current().zone), agency)
    return services.usual_overview_of(agency, at)


def _agency_or_404(code: str, agencies: list[AgencyRow]) -> AgencyRow:
    found = next((row for row in agencies if row.code == code), None)
    return found or abort(404)


def _page(
    template: str, form: PeriodForm, overview: Overview | None, agency: AgencyRow | None = None
) -> ResponseReturnValue:
    period = _period()
    return render_template(
        template,
        form=form,
        overview=overview,
        agency=agency,
        period=period,
        origin_name=owners.labels().get(form.origin.data or "", ""),
        download={**period, "agency": agency.code} if agency else period,
        **(_shown(overview) if overview else {}),
    )


def _shown(overview: Overview) -> dict[str, Any]:
    """The overview's moments and charts as a page needs them."""
    figures = overview["figures"]
    span = None if figures["flow"]["received"] else queries.received_span()
    return {
        "words": words,
        "first_on": date.fromisoformat(overview["first_on"]),
        "last_on": date.fromisoformat(overview["last_on"]),
        "cutoff": datetime.fromisoformat(overview["cutoff"]),
        "response_chart": charts.incidence(figures["first_response"], days=14),
        "closure_chart": charts.incidence(figures["first_closure"], days=60),
        "span": [local(moment).date().isoformat() for moment in span] if span else None,
    }


def _period() -> dict[str, Any]:
    """The chosen days as they stand in the address."""
    return {name: request.args[name] for name in ("from", "to", "cutoff", "origin") if request.args.get(name)}


def _chosen() -> Overview:
    """What the address of a download asks for; anything wrong with it is not found."""
    agencies = queries.agencies()
    form = _form(agencies)
    if not _is_valid(form):
        abort(404)
    if not form.agency.data:
        return _city(form)
    overview = _of_agency(_agency_or_404(form.agency.data, agencies), form)
    if overview is None or not overview["figures"]["flow"]["received"]:
        abort(404)
    return overview


def _csv(name: str, text: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="balai-warga-{name}.csv"'}
    return Response(text, content_type="text/csv; charset=utf-8", headers=headers)
