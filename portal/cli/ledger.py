"""`flask ledger …`: check that nobody changed the public record."""

import sys

import click
from flask.cli import AppGroup

from portal import clock
from portal.assignments import evidence
from portal.cli.plainly import plainly
from portal.ledger import jobs
from portal.ledger.verification import Verification

cli = AppGroup("ledger", help="The public record and its seals.")


@cli.command("verify")
@click.option("--head", is_flag=True, help="Print only the digest of the newest seal, to be noted elsewhere.")
@click.option("--expect", metavar="DIGEST", help="A digest noted earlier: it must still stand in the chain.")
@plainly
def verify(head: bool, expect: str | None) -> None:
    """Compare each sealed event with its seal, and each kept original of evidence with its digest; exit
    status 1 when something does not fit."""
    verification = Verification()
    faults = [f"FAILED {fault.what}: {fault.sentence}" for fault in verification.faults()]
    faults += [
        f"FAILED evidence: the kept original {digest} is gone or not the same"
        for digest in evidence.damaged_originals()
    ]
    if expect is not None and expect.lower() not in verification.digests:
        faults.append(f"FAILED noted digest: no seal has the digest {expect}")
    for fault in faults:
        click.echo(fault, err=True)
    newest = verification.head
    if faults:
        sys.exit(1)
    if head:
        click.echo(newest.digest if newest else "")
    elif newest is None:
        click.echo("OK: nothing is sealed yet.")
    else:
        click.echo(f"OK: {verification.count} seals over {verification.event_count} events.")
        click.echo("Every kept original of evidence is whole.")
        click.echo(f"Newest seal: {newest.number}, {newest.sealed_at:%Y-%m-%d %H:%M} UTC, {newest.digest}")


@cli.command("seal")
@plainly
def seal() -> None:
    """Seal what waits, now instead of in a few minutes."""
    jobs.seal(clock.now())
