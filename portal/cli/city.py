"""`flask city …`: set up a city from tables."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from tqdm import tqdm

from portal import clock, db
from portal.categories import importers as categories
from portal.deadlines import defaults
from portal.deadlines import importers as deadlines
from portal.deadlines import queries as deadline_queries
from portal.deadlines.models import Calendar
from portal.errors import DomainError
from portal.ledger import services as ledger
from portal.organisation import importers as organisation
from portal.organisation.outside import importers as outside
from portal.places import importers as places
from portal.tables import Change, Outcome

cli = AppGroup("city", help="Set up a city: areas, agencies, officials, categories, holidays.")

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
DRY_RUN = click.option("--dry-run", is_flag=True, help="Read and check everything, keep nothing.")

TOLD = {
    Change.CREATED: "%d baru",
    Change.UPDATED: "%d diperbarui",
    Change.UNCHANGED: "%d sudah sama",
}


class _DryRun(Exception):
    """Ends the transaction of a trial."""


@cli.command("import-areas")
@FILE
@DRY_RUN
def import_areas(file: Path, dry_run: bool) -> None:
    """Areas from FILE (CSV), or the boundaries of known areas from FILE (.geojson)."""
    if file.suffix.lower() in (".geojson", ".json"):
        _run("boundaries", file, places.read_boundaries, places.import_boundaries, dry_run)
    else:
        _run("areas", file, places.read, places.import_areas, dry_run)


@cli.command("import-agencies")
@FILE
@DRY_RUN
def import_agencies(file: Path, dry_run: bool) -> None:
    """Agencies with their dates and successors from FILE (CSV)."""
    _run("agencies", file, organisation.read_agencies, organisation.import_agencies, dry_run)


@cli.command("add-neighbours")
@DRY_RUN
def add_neighbours(dry_run: bool) -> None:
    """The governments around this city, as shipped, for who reports from beyond its border."""

    def bring_in(at: datetime) -> None:
        added = outside.add_neighbours(at)
        click.echo(", ".join(body.name for body in added) or "Tidak ada yang baru.")

    _keep(bring_in, dry_run)


@cli.command("import-officials")
@FILE
@DRY_RUN
def import_officials(file: Path, dry_run: bool) -> None:
    """Officials with position, agency, areas and supervisor from FILE (CSV)."""
    _run("officials", file, organisation.read_officials, organisation.import_officials, dry_run)


@cli.command("import-categories")
@FILE
@DRY_RUN
def import_categories(file: Path, dry_run: bool) -> None:
    """Categories in two languages from FILE (CSV)."""
    _run("categories", file, categories.read, categories.import_categories, dry_run)


@cli.command("import-holidays")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--from-package",
    "years",
    type=int,
    multiple=True,
    help="Take a year from the holidays package; may be given several times.",
)
@click.option("--calendar", "key", help="Only this calendar; by default all of them.")
@click.option("--decree", default="", help="The decree that the list comes from.")
@DRY_RUN
def import_holidays(
    file: Path | None, years: tuple[int, ...], key: str | None, decree: str, dry_run: bool
) -> None:
    """National holidays and joint leave from FILE (CSV: date, kind, name) or the holidays package."""
    rows, bad = _holidays(file, years)
    for line in bad:
        click.echo(f"baris {line}", err=True)

    def bring_in(at: datetime) -> None:
        for calendar in tqdm(_calendars(key), unit=" kalender"):
            newest = deadline_queries.calendar_versions(calendar.key)[0]
            if deadlines.with_holidays(newest.document, rows) == newest.document:
                click.echo(f"{calendar.name}: sudah sama.")
                continue
            version = deadlines.import_holidays(calendar, rows, at=at, decree=decree)
            click.echo(f"{calendar.name}: versi {version.number}, {len(rows)} hari libur.")

    _keep(bring_in, dry_run)
    _finish(bad, dry_run)


def _run(
    what: str,
    file: Path,
    read: Callable[[Path], Sequence[Any]],
    take: Callable[..., Outcome],
    dry_run: bool,
) -> None:
    """Import a table in one transaction: good rows are kept, bad ones are told."""
    try:
        rows = read(file)
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    outcome = Outcome()

    def bring_in(at: datetime) -> None:
        nonlocal outcome
        with tqdm(total=len(rows), unit=" baris") as bar:
            outcome = take(rows, advance=bar.update)
        ledger.record(
            "city_imported",
            subject=f"city:{what}",
            at=at,
            sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
            **{change.value: count for change, count in outcome.counts.items()},
        )

    _keep(bring_in, dry_run)
    for line in outcome.bad:
        click.echo(line, err=True)
    click.echo(", ".join(TOLD[change] % count for change, count in outcome.counts.items()) + ".")
    _finish(outcome.bad, dry_run)


def _keep(bring_in: Callable[[datetime], None], dry_run: bool) -> None:
    try:
        with db.transaction():
            bring_in(clock.now())
            if dry_run:
                raise _DryRun
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    except _DryRun:
        click.echo("Percobaan saja: tidak ada yang disimpan.")


def _finish(bad: Iterable[str], dry_run: bool) -> None:
    """Bad rows make the command fail, so that a script notices."""
    count = len(list(bad))
    if count:
        kept = "" if dry_run else " Baris lain tetap disimpan."
        raise click.ClickException(f"{count} baris ditolak.{kept}")


def _holidays(file: Path | None, years: tuple[int, ...]) -> tuple[list[dict[str, str]], list[str]]:
    if (file is None) == (not years):
        raise click.UsageError("Beri sebuah berkas, atau --from-package TAHUN, bukan keduanya.")
    if file is None:
        return [
            row for year in sorted(set(years)) for row in defaults.decreed_holidays(range(year, year + 1))
        ], []
    try:
        return deadlines.read_file(file)
    except DomainError as error:
        raise click.ClickException(str(error)) from error


def _calendars(key: str | None) -> Sequence[Calendar]:
    query = db.db.select(Calendar).order_by(Calendar.id)
    found = db.db.session.scalars(query.filter_by(key=key) if key else query).all()
    if not found:
        raise click.ClickException("Kalender itu tidak ada.")
    return found
