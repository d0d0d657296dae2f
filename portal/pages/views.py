"""The front door."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal import clock, page_cache
from portal.pages import queries, specimens

bp = Blueprint("pages", __name__)


@bp.get("/")
@page_cache.public
def home() -> ResponseReturnValue:
    at = clock.now()
    return render_template(
        "pages/home.html",
        next_due=queries.next_due(at),
        answers=queries.latest_answers(at),
        performance=queries.performance(),
    )


@bp.get("/styleguide")
def styleguide() -> ResponseReturnValue:
    return render_template("pages/styleguide.html", **specimens.values())
