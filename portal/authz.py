"""Who may: views ask policies and refuse in one place; templates ask the same functions."""

from urllib.parse import urlencode

from flask import abort, redirect, request, url_for
from flask_login import current_user


def require(allowed: bool) -> None:
    """Go on if allowed; else ask a signed-out visitor to sign in, and tell others 403."""
    if allowed:
        return
    if current_user.is_authenticated:
        abort(403)
    abort(redirect(sign_in_url()))


def sign_in_url() -> str:
    """Address of the sign-in page that leads back to the page asked for."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" else ""
    address = url_for("accounts.sign_in")
    return f"{address}?{urlencode({'next': request.script_root + wanted})}" if wanted else address
