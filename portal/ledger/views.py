"""The seals over the public record, for everybody who wants to check it."""

from flask import Blueprint, Response, abort, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import page_cache
from portal.ledger import queries, rules
from portal.ledger.models import Seal
from portal.security import limiter

bp = Blueprint("ledger", __name__, url_prefix="/ledger")
PAGE = 20
MANY = 500  # seals in one JSON answer


@bp.get("")
@page_cache.public
def index() -> ResponseReturnValue:
    before = _before()
    seals = queries.seals(before=before, limit=PAGE + 1)
    older = seals[PAGE - 1].number if len(seals) > PAGE else None
    return render_template(
        "ledger/index.html",
        head=seals[0] if seals and before is None else None,
        seals=seals[:PAGE],
        older_url=url_for(".index", before=older) if older else None,
        newest_url=url_for(".index") if before else None,
    )


@bp.get("/seals.json")
def seals_json() -> ResponseReturnValue:
    """The newest seals; `next` leads to those before them."""
    seals = queries.seals(before=_before(), limit=MANY)
    last = seals[-1].number if seals else 1
    return jsonify(
        {
            "seals": [_facts(seal) for seal in seals],
            "next": url_for(".seals_json", before=last) if last > 1 else None,
        }
    )


@bp.get("/seals/<int:number>.ndjson")
@limiter.limit("60 per minute")
def events(number: int) -> ResponseReturnValue:
    """The events of a seal: `sha256sum` of this file is its `events_digest`."""
    if queries.seal(number) is None:
        abort(404)
    headers = {"Content-Disposition": f'attachment; filename="balai-warga-seal-{number}.ndjson"'}
    text = rules.ndjson(queries.lines(number))
    return Response(text, content_type="application/x-ndjson; charset=utf-8", headers=headers)


def _before() -> int | None:
    return request.args.get("before", type=int)


def _facts(seal: Seal) -> dict[str, object]:
    return {
        "number": seal.number,
        "sealed_at": rules.moment(seal.sealed_at),
        "event_count": seal.event_count,
        "events_digest": seal.events_digest,
        "previous_digest": seal.previous_digest,
        "digest": seal.digest,
        "events": url_for(".events", number=seal.number),
    }
