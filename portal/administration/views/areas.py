"""The city's areas, as they were imported."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.administration import queries
from portal.administration.views.blueprint import bp


@bp.get("/areas")
def areas() -> ResponseReturnValue:
    districts = queries.areas()
    return render_template(
        "administration/areas.html",
        districts=districts,
        village_count=sum(len(villages) for _district, villages in districts),
    )
