"""Everything that administrators changed."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.administration import changes, queries
from portal.administration.labels import KIND
from portal.administration.views.blueprint import bp


@bp.get("/changes")
def history() -> ResponseReturnValue:
    kind = request.args.get("kind", "")
    rows = queries.changes(
        kind=kind or None,
        before_id=request.args.get("before", type=int),
        limit=queries.PAGE + 1,
    )
    older = rows[queries.PAGE - 1].id if len(rows) > queries.PAGE else None
    return render_template(
        "administration/changes.html",
        changes=changes.told(rows[: queries.PAGE]),
        kind=kind,
        kinds=list(KIND.items()),
        older_url=url_for(".history", kind=kind or None, before=older) if older else None,
    )
