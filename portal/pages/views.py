"""The front door."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal import clock, page_cache
from portal.pages import queries, specimens

bp = Blueprint("pages", __name__)


@bp.get("/")
@page_cache.public
def home() -> ResponseReturnValue:
    return render_template(
        "pages/home.html",
        answers=queries.latest_answers(clock.now()),
        performance=queries.performance(),
    )


@bp.get("/styleguide")
def styleguide() -> ResponseReturnValue:
    return render_template("pages/styleguide.html", **specimens.values())
