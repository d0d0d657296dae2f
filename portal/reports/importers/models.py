"""Files that were taken from the watched folder, and what became of each row."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Model
from portal.reports.importers.outcomes import RowResult, RunState, Why


class ImportRun(Model):
    """A file, once by its content. `why` says in a code why the whole file was refused.

    `moved_at` is when the file was put away; the same bytes that come again are counted and put away.
    """

    __tablename__ = "import_runs"
    __table_args__ = (Index("ix_import_runs_state", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    file_name: Mapped[str]
    byte_count: Mapped[int]
    state: Mapped[RunState] = mapped_column(default=RunState.RUNNING)
    why: Mapped[Why | None]
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)  # what the words of `why` name
    imported_count: Mapped[int] = mapped_column(default=0)
    known_count: Mapped[int] = mapped_column(default=0)
    differing_count: Mapped[int] = mapped_column(default=0)
    refused_count: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    moved_at: Mapped[datetime | None]
    repeat_count: Mapped[int] = mapped_column(default=0)
    repeated_at: Mapped[datetime | None]


class ImportRow(Model):
    """A row of a file by its line, without what stood in it but its number at the source."""

    __tablename__ = "import_rows"
    __table_args__ = (Index("ix_import_rows_run_id_result", "run_id", "result", "line"),)

    run_id: Mapped[int] = mapped_column(ForeignKey("import_runs.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[str] = mapped_column(default="")
    result: Mapped[RowResult]
    number: Mapped[str | None]  # of our report
    why: Mapped[Why | None]
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)
