"""Why a duty is due when it is due: one page for every origin."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock, page_cache
from portal.assignments import clocks, owners, queries
from portal.deadlines import queries as deadlines
from portal.i18n import _

bp = Blueprint("duties", __name__, url_prefix="/duties")


@bp.get("/<number>/deadline")
@page_cache.public
def deadline(number: str) -> ResponseReturnValue:
    """Nothing but the clock: what the matter says may be hidden since, or for its handlers alone."""
    assignment = queries.public_duty(number) or abort(404)
    owner = owners.of(assignment)
    if owner.deadline_endpoint != "duties.deadline":
        return redirect(clocks.explanation_url(assignment), 301)
    name = _("%(origin)s %(number)s", origin=owner.label, number=assignment.number)
    matter_url = url_for(owner.endpoint, number=assignment.number)
    return render_template(
        "deadlines/explanation.html",
        explanation=deadlines.explanation([assignment.clock_id], clock.now()),
        title=name,
        number=assignment.number,
        trail=[(name, matter_url)],
        back_url=matter_url,
    )
