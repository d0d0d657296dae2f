"""Photos by their unguessable name: whoever may see the page that shows one may load it (guards.py)."""

from flask import Blueprint, Response, abort, send_file
from flask.typing import ResponseReturnValue

from portal.attachments import drawings, files, guards, queries

bp = Blueprint("attachments", __name__)

# A browser may keep a photo for good; a cache that many share may not.
KEEP = "private, max-age=31536000, immutable"
# Opened by itself, a drawing still runs and loads nothing.
SEALED = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@bp.get("/photos/<token>.jpg")
def large(token: str) -> ResponseReturnValue:
    return _photo(token, small=False)


@bp.get("/photos/<token>-small.jpg")
def small(token: str) -> ResponseReturnValue:
    return _photo(token, small=True)


def _photo(token: str, *, small: bool) -> ResponseReturnValue:
    attachment = queries.by_token(token)
    if attachment is None or not guards.may_load(attachment):
        abort(404)
    name = queries.file_name(attachment.sha256, small=small)
    return _file(name, attachment.media_type, f"{attachment.sha256}{small:d}")


@bp.get("/drawings/<token>")
def drawing(token: str) -> ResponseReturnValue:
    found = drawings.by_token(token)
    if found is None:
        abort(404)
    response = _file(drawings.file_name(found.sha256, found.media_type), found.media_type, found.sha256)
    response.headers["Content-Security-Policy"] = SEALED
    return response


def _file(name: str, media_type: str, etag: str) -> Response:
    """The bytes, or 404 where a restore has left them out."""
    path = files.path_of(name)
    if not path.is_file():
        abort(404)
    response = send_file(path, mimetype=media_type, etag=etag)
    response.headers["Cache-Control"] = KEEP
    return response
