"""The front door, the one search, and what waits for whoever is signed in."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from portal import clock, htmx, page_cache
from portal.forms import plain
from portal.pages import queries, search, specimens, waiting
from portal.pages.waiting import labels

bp = Blueprint("pages", __name__)


@bp.get("/")
@page_cache.public
def home() -> ResponseReturnValue:
    at = clock.now()
    return render_template(
        "pages/home.html",
        plans=queries.open_plans(at),
        threads=queries.lively_threads(),
        answers=queries.latest_answers(),
        next_due=queries.next_due(at),
        performance=queries.performance(),
    )


@bp.get("/today")
@login_required
def today() -> ResponseReturnValue:
    at = clock.now()
    waits = waiting.of(current_user, at)
    return render_template("pages/today.html", now=at, waits=waits, pressing=labels.PRESSING)


@bp.get("/search")
@page_cache.public
def find() -> ResponseReturnValue:
    question = plain(request.args.get("q"))[: search.LONGEST].strip()
    kind = request.args.get("kind", "")
    if question and (address := search.page_of(question)):
        return redirect(address, 303)
    return htmx.render(
        "pages/search.html",
        block="hits",
        question=question,
        kind=kind if kind in search.KINDS else "",
        kinds=[(name, one.label) for name, one in search.KINDS.items()],
        groups=search.groups(question, kind if kind in search.KINDS else ""),
    )


@bp.get("/styleguide")
def styleguide() -> ResponseReturnValue:
    return render_template("pages/styleguide.html", **specimens.values())
