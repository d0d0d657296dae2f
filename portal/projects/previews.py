"""How a text will look before it is sent: the same form with the text above its buttons."""

from typing import Any

from flask import Response, request

from portal import htmx, markdown


def is_wanted() -> bool:
    """Was the preview's button pressed, not the one that sends?"""
    return "preview" in request.form


def page(template: str, text: str | None, *, status: int = 200, **context: Any) -> Response:
    """The form's page; with the preview of `text` when that is wanted. htmx gets the block alone."""
    preview = markdown.to_html(text or "") if is_wanted() else None
    return htmx.render(template, block="preview", status=status, preview=preview, **context)
