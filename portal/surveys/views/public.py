"""What everybody may read: which surveys are open, and what came of the others."""

from flask import Response, abort, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock, page_cache
from portal.surveys import exports, pages, queries, words
from portal.surveys.models import Survey
from portal.surveys.views.blueprint import bp


@bp.get("")
@page_cache.public
def index() -> ResponseReturnValue:
    agencies = queries.agencies_with_surveys()
    code = request.args.get("agency", "")
    agency = next((one for one in agencies if one.code == code), None)
    if code and agency is None:
        abort(404)
    agency_id, now = agency.id if agency else None, clock.now()
    found = queries.published(agency_id, request.args.get("before"))
    return render_template(
        "surveys/index.html",
        agency_options=[(one.code, one.name) for one in agencies],
        agency=agency,
        is_first=not request.args.get("before"),
        open_now=[words.row(one, now) for one in queries.open_now(now, agency_id)],
        waiting=[words.row(one, now) for one in queries.in_preparation(now, agency_id)],
        published=[words.row(one, now) for one in found.rows],
        older_url=url_for(".index", agency=code or None, before=found.next_key) if found.next_key else None,
    )


@bp.get("/<number>")
@page_cache.public
def show(number: str) -> ResponseReturnValue:
    survey = queries.survey_or_404(number)
    return render_template("surveys/show.html", **pages.public_page(survey, clock.now()))


@bp.get("/<number>/result.csv")
def result_csv(number: str) -> ResponseReturnValue:
    survey = _published_or_404(number)
    headers = {"Content-Disposition": f'attachment; filename="balai-warga-{survey.number}.csv"'}
    return Response(exports.elements(survey), content_type="text/csv; charset=utf-8", headers=headers)


@bp.get("/<number>/result.json")
def result_json(number: str) -> ResponseReturnValue:
    return jsonify(exports.document(_published_or_404(number)))


def _published_or_404(number: str) -> Survey:
    survey = queries.survey_or_404(number)
    return survey if survey.result else abort(404)
