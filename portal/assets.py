"""Static files under addresses that change with their content, so that browsers may keep them for a year."""

import hashlib
from functools import lru_cache

from flask import Flask, Response, request

from portal import config

YEAR = "public, max-age=31536000, immutable"


def init_app(app: Flask) -> None:
    app.jinja_env.globals["asset"] = asset
    app.after_request(_keep)


def asset(path: str) -> str:
    """Address of static/<path>; the same in both languages, so that one copy serves both."""
    root = request.environ.get("portal.root", "")
    return f"{root}/static/{path}?v={_digest(path)}"


@lru_cache(maxsize=256)
def _digest(path: str) -> str:
    return hashlib.sha256((config.ROOT / "static" / path).read_bytes()).hexdigest()[:12]


def _keep(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code in (200, 304):
        path = (request.view_args or {}).get("filename", "")
        current = request.args.get("v") == _digest(path)
        response.headers["Cache-Control"] = YEAR if current else "public, max-age=600"
    return response
