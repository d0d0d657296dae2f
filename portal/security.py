"""Headers that keep a page to itself, and the token that every form carries."""

import hmac

from flask import Flask, Response, abort, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from portal import config

csrf = CSRFProtect()


def _visitor() -> str:
    """Whose visits a limit counts: a keyed digest, because the counters may lie in a store outside, and with
    the moment of each visit they would say from where a report was filed."""
    key = config.current().secret_key.encode()
    return hmac.new(key, get_remote_address().encode(), "sha256").hexdigest()[:32]


limiter = Limiter(_visitor, default_limits=[])

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), payment=(), usb=(), geolocation=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; img-src 'self' data:{tiles}; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


def init_app(app: Flask, settings: config.Settings) -> None:
    app.config.update(
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.public_url.startswith("https://"),
        MAX_CONTENT_LENGTH=60 * 1024 * 1024,  # five photos of 10 MB and the text
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=200,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a slow writer loses nothing
        RATELIMIT_STORAGE_URI=settings.limits_url,
        RATELIMIT_STRATEGY="moving-window",
    )
    csrf.init_app(app)
    limiter.init_app(app)
    tiles = _origin(settings.tile_url)
    headers = {**HEADERS, "Content-Security-Policy": POLICY.format(tiles=f" {tiles}" if tiles else "")}

    @app.before_request
    def refuse_null() -> None:
        """No address of ours holds one, and PostgreSQL has no text that does."""
        if "\0" in request.path or any("\0" in text for _, text in request.args.items(multi=True)):
            abort(404)

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers.update(
            {name: text for name, text in headers.items() if name not in response.headers}
        )
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        # Whatever does not say that anybody may keep it is personal.
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def trust_proxies(app: Flask, hops: int) -> None:
    """Believe the X-Forwarded headers of so many proxies in front."""
    if hops:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's documented way
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )


def _origin(address: str) -> str:
    """https://tiles.example/{z}/{x} -> https://tiles.example."""
    return "/".join(address.split("/")[:3])
