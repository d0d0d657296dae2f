"""`flask mail …`: take in what people reply to letters."""

import sys

import click
import structlog
from flask.cli import AppGroup

from portal import clock
from portal.db import transaction
from portal.mailroom import services
from portal.mailroom.rules.reading import LARGEST

cli = AppGroup("mail", help="Mail that comes in.")

TRY_LATER = 75  # EX_TEMPFAIL of sysexits.h: the mail server keeps the message and tries again

log = structlog.get_logger()


@cli.command("receive")
@click.option("--recipient", help="To whom the mail server delivers, when it says so.")
def receive(recipient: str | None) -> None:
    """Put one message from standard input aside; exit status 75 when that fails."""
    raw = sys.stdin.buffer.read(LARGEST + 1)
    while sys.stdin.buffer.read(1024 * 1024):
        """Too large to be taken: read to its end all the same, or the mail server sees a broken pipe."""
    try:
        with transaction():
            services.keep(raw, recipient=recipient, at=clock.now())
    except Exception:
        log.exception("mail not kept")
        sys.exit(TRY_LATER)
