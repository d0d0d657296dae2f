"""`flask editions …`: check what was published."""

import sys

import click
from flask.cli import AppGroup

from portal.cli.plainly import plainly
from portal.statistics.editions import queries, verification

cli = AppGroup("editions", help="Published editions of the statistics.")


@cli.command("verify")
@plainly
def verify() -> None:
    """Compute every edition anew from its stored cases; exit status 1 when something does not fit."""
    faults = list(verification.faults())
    for fault in faults:
        click.echo(f"FAILED {fault}", err=True)
    if faults:
        sys.exit(1)
    newest = queries.newest()
    root = f" Newest root: {newest.root}" if newest else ""
    click.echo(f"OK: {newest.number if newest else 0} editions.{root}")
