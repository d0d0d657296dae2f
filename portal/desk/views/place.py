"""Where a matter is, for the small map of its handlers."""

from flask import abort, jsonify
from flask.typing import ResponseReturnValue

from portal.assignments import owners
from portal.desk.views import taking
from portal.desk.views.blueprint import bp


@bp.get("/desk/<number>/place.geojson")
def place(number: str) -> ResponseReturnValue:
    """The point as it was told, which only those who may read the duty see."""
    assignment = taking.matter_or_404(number)
    lat, lon = owners.of(assignment).brief(assignment).point or abort(404)
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {"title": assignment.title, "text": assignment.place, "tone": None, "url": ""},
    }
    answer = jsonify({"type": "FeatureCollection", "features": [feature]})
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
