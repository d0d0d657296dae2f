"""The demo's post box: what would have been sent, for everybody to read. A real city has no such page."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from portal import config
from portal.mailroom import postbox

bp = Blueprint("mailroom", __name__, url_prefix="/demo/letters")


@bp.before_request
def only_in_the_demo() -> None:
    if not config.current().demo:
        abort(404)


@bp.get("")
def index() -> ResponseReturnValue:
    to = request.args.get("to", "").strip()
    return render_template("mailroom/index.html", letters=postbox.latest(to), to=to)


@bp.get("/<name>")
def show(name: str) -> ResponseReturnValue:
    return render_template("mailroom/show.html", letter=postbox.letter_or_404(name))
