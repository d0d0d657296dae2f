"""Who may: views ask policies and refuse in one place; templates ask the same functions."""

from urllib.parse import urlencode, urlsplit

from flask import abort, request, url_for
from flask_login import current_user

from portal import htmx


def require(allowed: bool) -> None:
    """Go on if allowed; else ask a signed-out visitor to sign in, and tell others 403."""
    if allowed:
        return
    if current_user.is_authenticated:
        abort(403)
    abort(htmx.go(sign_in_url()))


def sign_in_url() -> str:
    """Address of the sign-in page that leads back to the page asked for."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" else ""
    address = url_for("accounts.sign_in")
    return f"{address}?{urlencode({'next': request.script_root + wanted})}" if wanted else address


def safe_next(target: str | None) -> str | None:
    """The address to go on to, if it is a page of this portal: a link may not lead elsewhere.

    Browsers read a backslash as a slash and skip control characters, so neither is let through.
    """
    if not target or not target.startswith("/") or target.startswith("//"):
        return None
    if "\\" in target or not target.isprintable():
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target
