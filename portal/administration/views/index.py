"""The rooms of the administration, and what needs attention."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal import clock
from portal.administration import changes, queries
from portal.administration.views.blueprint import bp
from portal.deadlines import checking
from portal.deadlines import queries as deadlines
from portal.jobs import queries as jobs


@bp.get("/")
def index() -> ResponseReturnValue:
    return render_template(
        "administration/index.html",
        dead_count=jobs.dead_count(),
        warnings=deadlines.horizon_warnings(clock.now()),
        check=checking.last(),
        changes=changes.told(queries.changes(limit=10)),
    )
