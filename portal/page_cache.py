"""A short shared cache of public pages: visitors without a session get the page that was made last.

A page is kept until something happened in the city (the `version` that the app factory hands in), and
never longer than the minute, since clocks are shown. Whoever is signed in gets the same page with a
menu of their own in it; whatever else is personal does not belong on a public page.
"""

import re
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import wraps
from hashlib import blake2b
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, ParamSpec, cast

from flask import (
    Flask,
    Response,
    current_app,
    has_app_context,
    make_response,
    render_template,
    request,
    session,
)
from flask.typing import ResponseReturnValue
from werkzeug.wsgi import ClosingIterator

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MAX_PAGES = 512  # a page is about 10 kB compressed
ASKED = "portal.asked"  # in the WSGI environment: the path as it was asked for, with its language
FRESH = "portal.fresh"  # in the WSGI environment, out of a browser's reach: do not share this answer
LOOK_EVERY = 1.0  # seconds between two looks at the version: a public page is at most that stale
PUBLIC = "public, max-age=0, s-maxage=5, must-revalidate"
PERSONAL = re.compile(rb"<!--personal-->.*?<!--/personal-->", re.DOTALL)  # base.html marks it
ENCODINGS = ("zstd", "br", "gzip")
Params = ParamSpec("Params")
View = Callable[Params, ResponseReturnValue]


class Page(NamedTuple):
    headers: list[tuple[str, str]]
    body: bytes
    etag: str


def public(view: View[Params]) -> View[Params]:
    """Marks a view whose page is the same for everybody but for the menu."""

    @wraps(view)
    def shared(*args: Params.args, **kwargs: Params.kwargs) -> Response:
        page = _page_for_all()
        response = make_response(view(*args, **kwargs)) if page is None else _with_own_menu(page)
        response.vary.update(("Cookie", "HX-Request", "HX-Request-Type"))
        if not request.cookies and response.status_code == 200:
            response.headers["Cache-Control"] = PUBLIC
        return response

    return shared


def _page_for_all() -> Page | None:
    """What a visitor gets at this address, for somebody who is signed in and was left no message."""
    if not _is_shared(request.environ) or "_user_id" not in session or "_flashes" in session:
        return None
    return cast(PageCache, current_app.extensions["page_cache"]).visitors_page(request.environ)


def _with_own_menu(page: Page) -> Response:
    """The page with the reader's menu; a feed or a map's points have none and stay what they are."""
    content_type = dict(page.headers)["Content-Type"]
    if not content_type.startswith("text/html"):
        return Response(page.body, content_type=content_type)
    menu = render_template("menu.html").encode()
    return Response(PERSONAL.sub(lambda _visitors: menu, page.body, count=1), content_type=content_type)


def init_app(app: Flask, *, version: Callable[[], Any]) -> None:
    """`version` tells whether anything changed; it is called inside an app context, at most once a second."""

    def look() -> Any:
        if has_app_context():  # somebody's request: its connection is open already
            return version()
        with app.app_context():
            return version()

    cache = PageCache(app.wsgi_app, look)
    app.extensions["page_cache"] = cache
    app.wsgi_app = cache  # type: ignore[method-assign]  # Flask's documented way


class PageCache:
    """WSGI middleware in front of Flask."""

    def __init__(self, app: "WSGIApplication", look: Callable[[], Any]) -> None:
        self._app = app
        self._look = look
        self._pages: OrderedDict[tuple[str, ...], Page] = OrderedDict()
        self._lock = Lock()
        self._looked_at = 0.0
        self._version: Any = None

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            self._version = None  # whoever changes something looks for it on the next page
        if not _is_shared(environ) or "HTTP_COOKIE" in environ:
            return self._app({**environ, ASKED: environ.get("PATH_INFO", "")}, start_response)
        self._forget_old_pages(LOOK_EVERY)
        page = self._pages.get(_key(environ)) or self._make(environ, start_response)
        if isinstance(page, Page):
            return _send(page, environ, start_response)
        return page

    def visitors_page(self, environ: "WSGIEnvironment") -> Page | None:
        """The page of a request in the making, as a visitor would get it; None when it is not shared."""
        self._forget_old_pages(0)
        visitor = {**environ, "PATH_INFO": environ[ASKED], "SCRIPT_NAME": environ.get("portal.root", "")}
        for name in ("HTTP_COOKIE", "HTTP_ACCEPT_ENCODING"):
            visitor.pop(name, None)
        page = self._pages.get(_key(visitor)) or self._make(visitor, _ignore)
        return page if isinstance(page, Page) else None

    def _forget_old_pages(self, look_every: float) -> None:
        now = time.monotonic()
        if self._version is not None and now - self._looked_at < look_every:
            return
        with self._lock:
            self._looked_at = now
        try:
            version: Any = (self._look(), int(time.time() // 60))
        except Exception:  # noqa: BLE001  # without its database the portal answers for itself, below
            version = None
        if version != self._version:
            with self._lock:
                self._version = version
                self._pages.clear()

    def _make(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Page | Iterable[bytes]:
        """Ask Flask; keep the answer when it says that it is public, else pass it on untouched."""
        version = self._version
        status, headers, body = _ask(self._app, environ)
        if (
            status != "200 OK"
            or dict(headers).get("Cache-Control") != PUBLIC
            or "Set-Cookie" in dict(headers)
        ):
            start_response(status, headers)
            return body
        text = b"".join(body)
        if isinstance(body, ClosingIterator):
            body.close()
        etag = f'W/"{blake2b(text, digest_size=12).hexdigest()}"'
        page = Page([*headers, ("ETag", etag)], text, etag)
        with self._lock:
            if version == self._version:
                self._pages[_key(environ)] = page
                while len(self._pages) > MAX_PAGES:
                    self._pages.popitem(last=False)
        return page


def _ignore(_status: str, _headers: Any, _problem: Any = None) -> Callable[[bytes], object]:
    """Whoever only wants the page has no use for the head of another answer."""
    return lambda _data: None


def _is_shared(environ: "WSGIEnvironment") -> bool:
    return (
        environ["REQUEST_METHOD"] == "GET"
        and "HTTP_HX_REQUEST" not in environ
        and FRESH not in environ
        and not environ.get("PATH_INFO", "").startswith("/static/")
    )


def _key(environ: "WSGIEnvironment") -> tuple[str, ...]:
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    encoding = next((name for name in ENCODINGS if name in accepted), "")
    scheme, host = environ["wsgi.url_scheme"], environ.get("HTTP_HOST", "")
    return scheme, host, environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", ""), encoding


def _ask(
    app: "WSGIApplication", environ: "WSGIEnvironment"
) -> tuple[str, list[tuple[str, str]], Iterable[bytes]]:
    answer: list[Any] = []

    def note(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], Any]:
        answer[:] = [status, headers]
        return lambda _data: None

    # The page is made whole; whether this visitor has it already is decided here.
    body = app({**environ, "HTTP_IF_NONE_MATCH": ""}, note)
    return answer[0], answer[1], body


def _send(page: Page, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    if page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        start_response(
            "304 Not Modified", [h for h in page.headers if h[0] not in ("Content-Length", "Content-Type")]
        )
        return []
    start_response("200 OK", list(page.headers))
    return [page.body]
