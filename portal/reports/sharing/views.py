"""What other programs ask of one public report: picture, feed, point."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock, config, page_cache
from portal.assignments.steps import Step
from portal.reports import clocks, listing, pages, queries
from portal.reports.sharing import drawing, preview

bp = Blueprint("sharing", __name__, url_prefix="/reports")

KEPT_FOR = 31_536_000  # seconds: an address with its version never shows anything else
LOOKED_UP_FOR = 300  # seconds, for an address without one
ENTRIES = 50  # steps that a feed tells, the newest


@bp.get("/<number>/card.png")
def picture(number: str) -> ResponseReturnValue:
    report = queries.report_or_404(number)
    shown = preview.card(report, clocks.of(report, clock.now()))
    version = preview.version(shown)
    response = make_response(drawing.png(shown))
    response.content_type = "image/png"
    response.set_etag(version)
    age = KEPT_FOR if request.args.get("v") == version else LOOKED_UP_FOR
    response.headers["Cache-Control"] = f"public, max-age={age}"
    return response.make_conditional(request)


@bp.get("/<number>/feed.atom")
@page_cache.public
def feed(number: str) -> ResponseReturnValue:
    """The course of a report. Whatever its public page does not say, this does not say either."""
    report = queries.report_or_404(number)
    site = config.current().public_url
    entries = _entries(pages.public_page(report, clock.now())["steps"])
    response = make_response(
        render_template(
            "reports/feed.xml",
            title=listing.title_of(report),
            home_url=site + url_for("reports.show", number=report.number),
            feed_url=site + url_for(".feed", number=report.number),
            entries=entries[:ENTRIES],
            updated_at=entries[0]["at"],
        )
    )
    response.content_type = "application/atom+xml; charset=utf-8"
    return response


@bp.get("/<number>/place")
@page_cache.public
def place(number: str) -> ResponseReturnValue:
    """Its pin for the map, as exactly as everybody may know."""
    report = queries.report_or_404(number)
    found = preview.point(report)
    if found is None:
        abort(404)
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [found.lon, found.lat]},
                "properties": {"title": listing.title_of(report), "text": found.words},
            }
        ],
    }


def _entries(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """The newest first. Each is named by its second, and by its turn among those of the same second: what
    happened does not change its place any more."""
    told: list[dict[str, Any]] = []
    turns: Counter[str] = Counter()
    for step in steps:
        second = f"{step.at:%Y%m%dT%H%M%S}"
        turns[second] += 1
        notes = [note for note in (step.who, step.note, step.body) if note]
        name = f"{second}-{turns[second]}"
        told.append({"name": name, "title": step.title, "at": step.at, "text": "\n\n".join(notes)})
    return told[::-1]
