"""Imported files and their rows, for administrators."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from portal.db import db
from portal.reports.importers.models import ImportRow, ImportRun
from portal.reports.importers.outcomes import RowResult

PAGE_SIZE = 50


def runs(before_id: int | None) -> Sequence[ImportRun]:
    """A page of files, the latest first, and one more when an older page follows."""
    query = select(ImportRun).order_by(ImportRun.id.desc())
    if before_id:
        query = query.where(ImportRun.id < before_id)
    return db.session.scalars(query.limit(PAGE_SIZE + 1)).all()


def rows(run_id: int, result: RowResult | None, after_line: int) -> Sequence[ImportRow]:
    """A page of a file's rows in their order, and one more when another page follows."""
    query = select(ImportRow).where(ImportRow.run_id == run_id, ImportRow.line > after_line)
    if result is not None:
        query = query.where(ImportRow.result == result)
    return db.session.scalars(query.order_by(ImportRow.line).limit(PAGE_SIZE + 1)).all()


def all_rows(run_id: int) -> Iterator[ImportRow]:
    """Every row, for a table to take along."""
    query = select(ImportRow).where(ImportRow.run_id == run_id).order_by(ImportRow.line)
    yield from db.session.scalars(query.execution_options(yield_per=500))
