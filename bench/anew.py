"""The portal without its shared pages: every answer is made anew, as for the first who asks."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from portal import page_cache
from wsgi import app as portal

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def app(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    return portal({**environ, page_cache.FRESH: True}, start_response)
