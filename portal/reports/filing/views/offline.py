"""Filing without a line: the worker that opens the page, the page itself, and what it sends later.

The page is the same for everybody and carries no token: it may lie on a shared phone. Its report has a token
that the phone made, so that the same report is never filed twice, however often it is sent.
"""

import hashlib
import json
from dataclasses import fields
from typing import Any

from flask import Blueprint, Response, g, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from portal import clock, config
from portal.assets import asset
from portal.places import queries as places
from portal.reports import labels
from portal.reports.filing import forms, offline, queries
from portal.reports.filing.rules import Answers
from portal.reports.filing.views import frame, pages
from portal.security import limiter

bp = Blueprint("offline", __name__)

WORKER = config.ROOT / "static/js/filing-worker.js"
ANSWERED = {one.name for one in fields(Answers)}
ASSETS = ("css/portal.css", "js/filing-outbox.js", "js/filing-offline.js")


@bp.get("/service-worker.js")
def worker() -> Response:
    """Written anew whenever something that it holds has changed: browsers then fetch all of it again."""
    files = [url_for(".page"), *(asset(path) for path in ASSETS)]
    digest = hashlib.sha256(f"{files}{_page()}".encode()).hexdigest()[:12]
    told = {
        "FILES": files,
        "NAME": f"filing:{request.script_root}:{digest}",
        "SEND_TO": url_for(".send"),
    }
    lines = [f"importScripts({json.dumps(asset('js/filing-outbox.js'))});"]
    lines += [f"const {name} = {json.dumps(value)};" for name, value in told.items()]
    script = "\n".join([*lines, WORKER.read_text()])
    answer = Response(script, mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@bp.get("/reports/new/offline")
def page() -> Response:
    answer = Response(_page())
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@bp.get("/reports/new/offline/token")
def token() -> Response:
    """The token of this browser's session: the kept page has none."""
    return jsonify(token=generate_csrf())


@bp.post("/reports/new/offline")
@limiter.limit(lambda: config.current().filing_limit)
def send() -> ResponseReturnValue:
    """A report that waited on a phone. The answer is the address of its receipt, or of what is still open."""
    form = forms.OfflineForm()
    form_token = request.form.get("token", "")
    if not form.validate() or not pages.TOKEN.fullmatch(form_token):
        return jsonify(problem=" ".join(str(text) for texts in form.errors.values() for text in texts)), 422
    pictures = offline.draw(request.files.getlist("photos"))
    outcome = offline.take(_answers(form), form_token, pictures=pictures, by=frame.account(), at=clock.now())
    if outcome.open_step is None:
        return jsonify(sent=url_for("filing.receipt", token=form_token), filed=True)
    return jsonify(sent=frame.url(outcome.open_step, form_token), filed=False)


def _answers(form: forms.OfflineForm) -> Answers:
    """What was told, as far as this city knows it: a category or an area that is no more is asked anew."""
    known = {field.name: field.data for field in form if field.name in ANSWERED}
    if queries.category(known["category"]) is None:
        known["category"] = ""
    if not places.areas([known["area"]]):
        known["area"] = ""
    return Answers(**known)


def _page() -> str:
    g.without_user = True  # whoever asks for it: it will lie on the phone
    return render_template("reports/offline.html", **_offered())


def _offered() -> dict[str, Any]:
    at = clock.now()
    return {
        "kinds": [(kind.value, name) for kind, name in labels.KIND.items()],
        "groups": offline.categories(at),
        "districts": offline.districts(),
    }
