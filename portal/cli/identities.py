"""`flask identities …`: the key that seals who filed anonymous reports."""

import click
from flask.cli import AppGroup

from portal.db import transaction
from portal.reports.identity import rotation

cli = AppGroup("identities", help="Seals of those who filed anonymous reports.")


@cli.command("rotate")
def rotate() -> None:
    """Put every seal under the first key of PORTAL_IDENTITY_KEY."""
    with transaction():
        renewed, unreadable = rotation.rotate()
    click.echo(f"{renewed} identitas disegel ulang dengan kunci pertama.")
    if unreadable:
        raise click.ClickException(f"Tidak ada kunci yang membuka: {', '.join(unreadable)}.")
