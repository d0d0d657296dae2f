"""`flask deadlines …`: check that every stored due time is what its ledger says."""

import sys

import click
from flask.cli import AppGroup

from portal.cli.plainly import plainly
from portal.deadlines import checking

cli = AppGroup("deadlines", help="Due times and the ledgers that they follow from.")


@cli.command("verify")
@plainly
def verify() -> None:
    """Recompute every stored copy; exit status 1 and a line for each when something differs."""
    clock_count = stage_count = difference_count = 0
    for batch in checking.batches():
        clock_count += batch.clock_count
        stage_count += batch.stage_count
        difference_count += len(batch.differences)
        for difference in batch.differences:
            click.echo(f"FAILED {difference}", err=True)
    compared = f"{clock_count} clocks with {stage_count} stages were recomputed"
    if difference_count:
        click.echo(f"{compared}; {difference_count} stored copies differ.", err=True)
        sys.exit(1)
    click.echo(f"OK: {compared} and none differs.")
