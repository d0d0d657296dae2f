"""Published editions: their list, pages and downloads."""

from typing import Any, cast

from flask import Blueprint, Response, abort, jsonify, make_response, render_template
from flask.typing import ResponseReturnValue

from portal import config, page_cache
from portal.security import limiter
from portal.statistics.editions import bundle, pages, queries, rows, words
from portal.statistics.editions.documents import EditionDocument
from portal.statistics.editions.models import Edition

bp = Blueprint("editions", __name__, url_prefix="/statistics/editions")
FEED_LENGTH = 20


@bp.get("")
@page_cache.public
def index() -> ResponseReturnValue:
    return render_template("statistics/editions/index.html", editions=queries.editions(), period=_period)


@bp.get("/feed.atom")
@page_cache.public
def feed() -> ResponseReturnValue:
    response = make_response(
        render_template(
            "statistics/editions/feed.xml",
            editions=queries.editions(FEED_LENGTH),
            period=_period,
            site=config.current().public_url,
        )
    )
    response.content_type = "application/atom+xml; charset=utf-8"
    return response


@bp.get("/<int:number>")
@page_cache.public
def show(number: int) -> ResponseReturnValue:
    edition = _edition_or_404(number)
    document = _document(edition)
    return render_template(
        "statistics/editions/show.html",
        edition=edition,
        corrected_by=queries.correction_of(number),
        **pages.shown(document, document["about"]["comments"]),
    )


@bp.get("/<int:number>.json")
def document(number: int) -> ResponseReturnValue:
    edition = _edition_or_404(number)
    return jsonify({**edition.document, "root": edition.root, "previous_root": edition.previous_root})


@bp.get("/<int:number>/figures.csv")
def figures_csv(number: int) -> ResponseReturnValue:
    return _download(pages.figures_csv(_document(_edition_or_404(number))), number, "figures.csv")


@bp.get("/<int:number>/tables.csv")
def tables_csv(number: int) -> ResponseReturnValue:
    return _download(pages.tables_csv(_document(_edition_or_404(number))), number, "tables.csv")


@bp.get("/<int:number>/files/<name>")
def file(number: int, name: str) -> ResponseReturnValue:
    content = queries.file(number, name) if name in rows.FILES else None
    return _download(content, number, name) if content is not None else abort(404)


@bp.get("/<int:number>/bundle.zip")
@limiter.limit("30 per minute")
def archive(number: int) -> ResponseReturnValue:
    _edition_or_404(number)
    return _download(bundle.archive(queries.files(number)), number, "bundle.zip", "application/zip")


def _edition_or_404(number: int) -> Edition:
    return queries.edition(number) or abort(404)


def _document(edition: Edition) -> EditionDocument:
    return cast(EditionDocument, edition.document)


def _period(edition: Any) -> str:
    return words.period(edition.first_on, edition.last_on)


def _download(
    content: str | bytes, number: int, name: str, content_type: str = "text/csv; charset=utf-8"
) -> Response:
    """A file to keep; it never changes."""
    headers = {
        "Content-Disposition": f'attachment; filename="balai-warga-{number}-{name}"',
        "Cache-Control": "public, max-age=86400",
    }
    return Response(content, content_type=content_type, headers=headers)
