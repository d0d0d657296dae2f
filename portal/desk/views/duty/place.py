"""Where a matter is, for the small map of its handlers."""

from typing import Any

from flask import jsonify
from flask.typing import ResponseReturnValue

from portal.assignments import owners
from portal.assignments.models import Assignment
from portal.desk.views.blueprint import bp
from portal.desk.views.duty import taking


@bp.get("/desk/<number>/place.geojson")
def place(number: str) -> ResponseReturnValue:
    """The point as it was told, which only those who may read the duty see."""
    assignment = taking.matter_or_404(number)
    point = owners.of(assignment).brief(assignment).point
    answer = jsonify({"type": "FeatureCollection", "features": [_pin(assignment, point)] if point else []})
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _pin(assignment: Assignment, point: tuple[float, float]) -> dict[str, Any]:
    """The duty as a GeoJSON feature; GeoJSON says longitude first."""
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [point[1], point[0]]},
        "properties": {"title": assignment.title, "text": assignment.place, "tone": None, "url": ""},
    }
