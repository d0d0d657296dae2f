"""The one module that reads or writes HX-* headers (htmx 4 in the browser, htmx-flask here)."""

from typing import Any

from flask import Flask, Response, current_app, make_response, redirect, render_template
from htmx_flask import Htmx, request

htmx = Htmx()


def init_app(app: Flask) -> None:
    htmx.init_app(app)


def is_htmx() -> bool:
    """Did htmx send this request?"""
    return bool(request.htmx)


def wants_fragment() -> bool:
    """Does the browser want one block only? Boosted links and the Back button want the whole page."""
    return is_htmx() and not request.htmx.boosted and request.headers.get("HX-Request-Type") == "partial"


def render(template: str, *, block: str, status: int = 200, **context: Any) -> Response:
    """The named block for a partial htmx request, the whole page for everyone else."""
    if wants_fragment():
        body = _render_block(template, block, context)
    else:
        body = render_template(template, **context)
    response = make_response(body, status)
    response.vary.update(("HX-Request", "HX-Request-Type"))
    return response


def go(url: str) -> Response:
    """Done: lead on to `url`. fetch would follow a 303 by itself, so htmx is told by a header."""
    if is_htmx():
        response = make_response("", 200)
        response.headers["HX-Redirect"] = url
        return response
    return make_response(redirect(url, code=303))


def _render_block(template: str, block: str, context: dict[str, Any]) -> str:
    current_app.update_template_context(context)
    page = current_app.jinja_env.get_template(template)
    return "".join(page.blocks[block](page.new_context(context)))
