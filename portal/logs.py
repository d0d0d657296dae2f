"""Structured logs: one line per request under its id, and never a person's data.

A path may hold a secret (`/tracking/<code>`) and a query anything, so the line names the route instead.
"""

import logging
import re
import sys
import time
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import structlog
from flask import Flask, request
from werkzeug.wsgi import ClosingIterator

from portal.config import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

KNOWN = "portal.log"  # what the environment holds for the line
REQUEST_ID = re.compile(r"[\w.\-]{8,64}")
QUIET = ("/static/", "/healthz", "/readyz")  # asked for all the time; errors are told all the same

log = structlog.get_logger()


def init_app(app: Flask, settings: Settings) -> None:
    """Write to standard error, as text or JSON; other libraries' lines look the same."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    output = [structlog.processors.format_exc_info, *_renderer(settings.log_format)]
    structlog.configure(
        processors=[*shared, *output],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: StandardError(),
    )
    logging.basicConfig(handlers=[_foreign_handler(shared, output)], level=logging.WARNING, force=True)
    app.before_request(_note_route)


def _renderer(log_format: str) -> list[Any]:
    if log_format == "json":
        return [structlog.processors.JSONRenderer(ensure_ascii=False)]
    return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0)]


def wrap(app: Flask, settings: Settings) -> None:
    """Count and name each request, also those that a cache answers before Flask is asked."""
    app.wsgi_app = RequestLog(app.wsgi_app, trusts_proxy=settings.trusted_proxies > 0)  # type: ignore[method-assign]  # Flask's documented way


class StandardError:
    """Where log lines go; found anew for each line, because test runners and servers replace it."""

    def write(self, line: str) -> None:
        sys.stderr.write(f"{line}\n")

    debug = info = warning = error = critical = exception = msg = write


class RequestLog:
    """WSGI middleware: gives each request an id and says in one line what became of it."""

    def __init__(self, app: "WSGIApplication", *, trusts_proxy: bool) -> None:
        self._app = app
        self._trusts_proxy = trusts_proxy

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        started = time.perf_counter()
        request_id = self._request_id(environ)
        structlog.contextvars.bind_contextvars(request_id=request_id)
        environ[KNOWN] = {}  # filled by Flask, also when the cache asks it with a copy of the environment
        statuses: list[str] = []

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            statuses.append(status)
            return start_response(status, [*headers, ("X-Request-ID", request_id)], *rest)

        def done() -> None:
            _tell(environ, statuses, time.perf_counter() - started)
            structlog.contextvars.unbind_contextvars("request_id")

        return ClosingIterator(self._app(environ, start), done)

    def _request_id(self, environ: "WSGIEnvironment") -> str:
        given = environ.get("HTTP_X_REQUEST_ID", "")
        if self._trusts_proxy and REQUEST_ID.fullmatch(given):
            return str(given)
        return uuid.uuid4().hex


def _note_route() -> None:
    """Tell the line which route it was, and about which report."""
    if request.url_rule:
        known = request.environ.get(KNOWN, {})
        known["route"] = request.url_rule.rule
        if number := (request.view_args or {}).get("number"):
            known["number"] = number


def _tell(environ: "WSGIEnvironment", statuses: list[str], seconds: float) -> None:
    status = int(statuses[-1].split()[0]) if statuses else 500
    if status < 400 and environ.get("PATH_INFO", "").startswith(QUIET):
        return
    ms = round(seconds * 1000, 1)
    log.info("request", method=environ["REQUEST_METHOD"], status=status, ms=ms, **environ[KNOWN])


def _foreign_handler(shared: list[Any], output: list[Any]) -> logging.Handler:
    """Lines of Flask, Alembic and the servers, written like our own."""
    handler = _CurrentStandardError()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *output],
        )
    )
    return handler


class _CurrentStandardError(logging.StreamHandler[Any]):
    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)
