"""`flask reports …`: bring in what other systems hold."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from tqdm import tqdm

from portal import clock, config
from portal.db import transaction
from portal.deadlines.importers import seed
from portal.errors import DomainError
from portal.reports.importers import sp4n, store
from portal.reports.importers.open_csv import OpenCsv

cli = AppGroup("reports", help="Bring in reports from other systems.")


@cli.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--mapping", type=click.Choice(["sp4n", "open-csv"]), required=True)
@click.option(
    "--columns", type=click.Path(exists=True, path_type=Path), help="Column file (TOML) for open-csv."
)
@click.option("--only", multiple=True, metavar="COLUMN=VALUE", help="Take only rows with this value.")
@click.option(
    "--create-missing", is_flag=True, help="Make agencies and categories that the city does not have."
)
@click.option(
    "--rejects", type=click.Path(path_type=Path), help="Where rejected rows go, with their reasons."
)
@click.option("--dry-run", is_flag=True, help="Read and check everything, keep nothing.")
def import_reports(
    file: Path,
    mapping: str,
    columns: Path | None,
    only: tuple[str, ...],
    create_missing: bool,
    rejects: Path | None,
    dry_run: bool,
) -> None:
    """Import FILE. Interrupted, it can be started again: no row comes in twice."""
    try:
        source, wants, read = _mapping(mapping, columns)
        chosen = _chosen(only)
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    with transaction():
        seed(zone=config.current().time_zone, at=clock.now())  # a new city has no calendar and policy yet
    rows = [(line, row) for line, row in store.rows_of(file) if wants(row) and chosen(row)]
    rejects = rejects or config.current().data_dir / "imports" / f"{file.stem}.rejected.csv"
    with (
        _rejected(rejects, [*(rows[0][1] if rows else [])]) as reject,
        tqdm(total=len(rows), unit="baris") as bar,
    ):
        outcome = store.bring_in(
            rows,
            read,
            source=source,
            at=clock.now(),
            creates=create_missing,
            dry_run=dry_run,
            reject=reject,
            advance=bar.update,
        )
    click.echo(f"{outcome.imported} masuk, {outcome.present} sudah ada, {outcome.rejected} ditolak.")
    if outcome.rejected:
        click.echo(f"Baris yang ditolak beserta alasannya: {rejects}")
    if dry_run:
        click.echo("Percobaan saja: tidak ada yang disimpan.")


def _mapping(
    name: str, columns: Path | None
) -> tuple[str, Callable[[store.Row], bool], Callable[[store.Row], Any]]:
    zone = config.current().zone
    if name == "sp4n":
        return sp4n.SOURCE, lambda _row: True, lambda row: sp4n.read(row, zone)
    if columns is None:
        raise DomainError("Sebutkan berkas kolom dengan --columns untuk open-csv.")
    mapping = OpenCsv.load(columns, zone)
    return mapping.source, mapping.wants, mapping.read


def _chosen(only: tuple[str, ...]) -> Callable[[store.Row], bool]:
    pairs = [text.partition("=") for text in only]
    if any(not equals for _, equals, _ in pairs):
        raise DomainError("Tulis --only sebagai KOLOM=NILAI.")
    return lambda row: all(row.get(column) == value for column, _, value in pairs)


@contextmanager
def _rejected(path: Path, columns: list[str]) -> Iterator[Callable[[int, store.Row, str], None]]:
    """Writes each rejected row with its line and reason; an earlier file is replaced."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)

    def reject(line: int, row: store.Row, reason: str) -> None:
        is_new = not path.exists()
        with path.open("a", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            if is_new:
                writer.writerow(["baris", "alasan", *columns])
            writer.writerow([line, reason, *(row.get(column, "") for column in columns)])

    yield reject
