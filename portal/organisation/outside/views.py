"""The directory for everybody: who answers for what the city does not, and how to reach them."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock, config, htmx, page_cache
from portal.forms import plain
from portal.organisation.outside import labels, queries

bp = Blueprint("outside_bodies", __name__, url_prefix="/outside-bodies")


@bp.get("")
@page_cache.public
def index() -> ResponseReturnValue:
    """`q` searches, `letter` and `category` filter, `after` and `after_id` are the last row's."""
    day = clock.now().astimezone(config.current().zone).date()
    wanted, letter = plain(request.args.get("q")), plain(request.args.get("letter"))[:1].upper()
    category = plain(request.args.get("category"))
    found = queries.listed(day, wanted=wanted, letter=letter, category=category, after=_after())
    shown = found[: queries.PAGE]
    last = shown[-1] if len(found) > queries.PAGE else None
    kept: dict[str, Any] = {"q": wanted or None, "letter": letter or None, "category": category or None}
    return htmx.render(
        "outside_bodies/index.html",
        block="body_list",
        bodies=[labels.told(one) for one in shown],
        letters=[(one, one) for one in queries.letters(day)],
        categories=[(one.code, labels.category_name(one)) for one in queries.categories(day)],
        wanted=wanted,
        letter=letter,
        category=category,
        active_count=sum(map(bool, (letter, category))),
        next_url=url_for(".index", **kept, after=last.name, after_id=last.id) if last else None,
    )


@bp.get("/<code>")
@page_cache.public
def show(code: str) -> ResponseReturnValue:
    agency = queries.by_code(code) or abort(404)
    day = clock.now().astimezone(config.current().zone).date()
    return render_template(
        "outside_bodies/show.html",
        body=labels.told(agency, queries.categories_of(agency.id)),
        is_over=agency.valid_to is not None and agency.valid_to < day,
    )


def _after() -> tuple[str, int] | None:
    name, row_id = request.args.get("after"), request.args.get("after_id", type=int)
    return (plain(name), row_id) if name and row_id is not None and 0 <= row_id < 2**31 else None
