"""The list behind the bell."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, htmx
from portal.notifications import letters, queries, services
from portal.notifications.views.blueprint import bp


@bp.get("/notifications")
def index() -> ResponseReturnValue:
    authz.require(current_user.is_authenticated)
    told = queries.told(current_user, before_id=request.args.get("before", type=int))
    shown = told[: queries.PAGE_SIZE]
    older_url = url_for(".index", before=shown[-1].id) if len(told) > len(shown) else None
    return render_template(
        "notifications/index.html", notifications=shown, gist=letters.gist, older_url=older_url
    )


@bp.post("/notifications/reading")
def read() -> ResponseReturnValue:
    authz.require(current_user.is_authenticated)
    services.mark_read(current_user, at=clock.now())
    return htmx.go(url_for(".index"))
