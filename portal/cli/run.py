"""Start the portal: web server and job runner, together for a demo or one by one for a service manager."""

import os
import signal
import socket
import sys
from typing import Any

import click
import waitress
from flask import current_app
from flask.cli import with_appcontext

from portal import config
from portal.cli import supervisor
from portal.cli.plainly import plainly
from portal.db import transaction
from portal.demo import seed
from portal.jobs import runner
from portal.migrations import upgrade

THREADS = 12  # more than two cores need: uploads and slow readers hold some of them
CONNECTIONS = 500
IDLE_SECONDS = 60  # after which a line on which nothing comes any more is given up
BUFFER_BYTES = 128 * 1024  # of one upload in memory, the rest on disk: 64 MB for all connections


@click.command("serve")
@with_appcontext
@plainly
def serve() -> None:
    """Migrate, seed an empty demo, and run web server and job runner until Ctrl-C."""
    settings = config.current()
    with supervisor.listen(settings.host, settings.port) as listener:
        upgrade()
        if settings.demo:
            _seed_once()
        port = listener.getsockname()[1]
        os.environ["PORT"] = str(port)
        web = supervisor.start("web server", "web", "--fd", str(listener.fileno()), keep=listener)
        work = supervisor.start("job runner", "runner")
        with supervisor.stopping(web, work):
            supervisor.wait_until_up(web, settings.host, port)
            click.echo(_welcome(f"http://{settings.host}:{port}"))
            supervisor.watch(web, work)


@click.command("web")
@click.option("--fd", type=int, help="An open socket to listen on, instead of HOST and PORT.")
@with_appcontext
@plainly
def web(fd: int | None) -> None:
    """The web server alone."""
    settings = config.current()
    listener = supervisor.listen(settings.host, settings.port) if fd is None else socket.socket(fileno=fd)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    waitress.serve(
        current_app._get_current_object(),  # type: ignore[attr-defined]  # the app behind the proxy
        sockets=[listener],
        clear_untrusted_proxy_headers=settings.trusted_proxies == 0,
        **served_with(current_app.config["MAX_CONTENT_LENGTH"]),
    )


def served_with(most_bytes: int) -> dict[str, Any]:
    """How the web server is set up; `most_bytes` is the largest request that a page takes.

    A request gets a thread when it is whole: uploads that are slow, or stuck, hold none.
    """
    return {
        "threads": THREADS,
        "connection_limit": CONNECTIONS,
        "channel_timeout": IDLE_SECONDS,
        "asyncore_use_poll": True,  # select() ends at 1,024 open files
        "max_request_body_size": most_bytes + 1024 * 1024,
        "inbuf_overflow": BUFFER_BYTES,
        "ident": None,
    }


@click.command("runner")
@with_appcontext
@plainly
def run_jobs() -> None:
    """The job runner alone; several may run side by side."""
    runner.run(current_app._get_current_object())  # type: ignore[attr-defined]  # as above


def _seed_once() -> None:
    with transaction():  # ended at once: whoever keeps reading keeps SQLite from tidying its log
        is_needed = seed.is_needed()
    if is_needed:
        seed.seed()


def _welcome(address: str) -> str:
    lines = [f"Balai Warga {config.current().city_name}: {address}"]
    if config.current().demo:
        lines += ["", f"Demo accounts, all with the password {seed.PASSWORD}:"]
        lines += [f"  {account.email:44} {account.role}" for account in seed.ACCOUNTS]
        lines += ["", f"Letters: {address}/demo/letters"]
    return "\n".join([*lines, "Stop with Ctrl-C."])
