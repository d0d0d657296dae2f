"""Take what somebody laid into the watched folder: each file once, each row with what became of it."""

import hashlib
import os
import stat
from contextlib import closing, suppress
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path

import structlog
from sqlalchemy import select

from portal import config
from portal.accounts import queries as accounts
from portal.accounts.rules import Role
from portal.db import db, transaction
from portal.jobs.services import insert
from portal.notifications import services as notifications
from portal.reports.importers import sources, sp4n, store, words
from portal.reports.importers.lookup import Lookup
from portal.reports.importers.models import ImportRow, ImportRun
from portal.reports.importers.outcomes import RowResult, RunState
from portal.reports.importers.sources import Source, Unusable
from portal.reports.importers.store import Numbered, Taken

DONE, REFUSED = "done", "refused"
NAME_BYTES = 160  # with what we put before it a file system takes it
SOURCE_ID_LENGTH = 80  # of a row that could not be read
COUNTED = {
    RowResult.IMPORTED: "imported_count",
    RowResult.KNOWN: "known_count",
    RowResult.DIFFERS: "differing_count",
    RowResult.REFUSED: "refused_count",
}

log = structlog.get_logger()


def take_all(folder: Path, at: datetime) -> None:
    """Everything that waits, one file after the other, in transactions of their own.

    Killed at any moment it goes on where it stopped: rows are noted with the reports that they became.
    """
    if not is_usable(folder):
        log.error("the import folder cannot be used", folder=str(folder))
        return
    for path in sources.waiting(folder, at):
        _take(path, at)


def is_usable(folder: Path) -> bool:
    """Can files be read here and put away? Both places are real folders, not links to elsewhere."""
    try:
        for name in (DONE, REFUSED):
            (folder / name).mkdir(exist_ok=True)
            if not stat.S_ISDIR((folder / name).lstat().st_mode):
                return False
    except OSError:
        return False
    return os.access(folder, os.R_OK | os.W_OK | os.X_OK)


def _take(path: Path, at: datetime) -> None:
    try:
        source = sources.open_file(path)
    except Unusable as error:
        _refuse(_begin(path, _unread_digest(path), 0, at), path, error, at)
        return
    with source.file:
        run_id = _begin(path, source.sha256, source.byte_count, at)
        if not _is_running(run_id):
            _put_away_again(run_id, path, at)
            return
        try:
            _take_rows(run_id, source, at)
        except Unusable as error:
            _refuse(run_id, path, error, at)
            return
    _finish(run_id, path, at)


def _begin(path: Path, digest: str, byte_count: int, at: datetime) -> int:
    """The run of these bytes, begun now or earlier."""
    row = {
        "sha256": digest,
        "file_name": shown_name(path),
        "byte_count": byte_count,
        "state": RunState.RUNNING,
        "values": {},
        "started_at": at,
        "repeat_count": 0,
        **dict.fromkeys(COUNTED.values(), 0),
    }
    with transaction():
        db.session.execute(insert(ImportRun).values(**row).on_conflict_do_nothing())
        return db.session.scalars(select(ImportRun.id).where(ImportRun.sha256 == digest)).one()


def _is_running(run_id: int) -> bool:
    return db.session.get_one(ImportRun, run_id, populate_existing=True).state is RunState.RUNNING


def _take_rows(run_id: int, source: Source, at: datetime) -> None:
    zone = config.current().zone
    lookup = Lookup(creates=False).load()
    with closing(sources.rows(source, sp4n.REQUIRED)) as lines:
        while batch := list(islice(lines, store.BATCH)):
            with transaction():
                # Two runners that met over one file take turns, and the second finds the rows noted.
                run = db.session.get_one(ImportRun, run_id, with_for_update=True, populate_existing=True)
                fresh = _unnoted(run_id, batch)
                read = partial(sp4n.read, zone=zone)
                for one in store.store_batch(fresh, read, sp4n.SOURCE, lookup, at):
                    note(run, one)


def _unnoted(run_id: int, batch: list[Numbered]) -> list[Numbered]:
    first, last = batch[0][0], batch[-1][0]
    noted = set(
        db.session.scalars(
            select(ImportRow.line).where(
                ImportRow.run_id == run_id, ImportRow.line >= first, ImportRow.line <= last
            )
        )
    )
    return [(line, row) for line, row in batch if line not in noted]


def note(run: ImportRun, taken: Taken) -> None:
    """Write down what became of a row, and count it."""
    db.session.add(
        ImportRow(
            run_id=run.id,
            line=taken.line,
            source_id=taken.source_id or (taken.row.get(sp4n.REQUIRED[0]) or "")[:SOURCE_ID_LENGTH],
            result=taken.result,
            number=taken.number,
            why=taken.why,
            values=taken.values,
        )
    )
    column = COUNTED[taken.result]
    setattr(run, column, getattr(run, column) + 1)


def _finish(run_id: int, path: Path, at: datetime) -> None:
    with transaction():
        run = db.session.get_one(ImportRun, run_id, populate_existing=True)
        run.state, run.ended_at = RunState.DONE, at
        if run.refused_count:
            _tell(run, at)
    _put_away(run_id, path, DONE, at)


def _refuse(run_id: int, path: Path, error: Unusable, at: datetime) -> None:
    """Name the reason, tell the administrators once, and lay the file aside."""
    if not _is_running(run_id):
        _put_away_again(run_id, path, at)
        return
    with transaction():
        run = db.session.get_one(ImportRun, run_id, populate_existing=True)
        run.state, run.why, run.values, run.ended_at = RunState.REFUSED, error.why, error.values, at
        _tell(run, at)
    _put_away(run_id, path, REFUSED, at)


def _tell(run: ImportRun, at: datetime) -> None:
    for user in accounts.users_with(Role.ADMINISTRATOR):
        notifications.tell(
            notifications.to_user(user),
            "import_failed",
            key=f"import:{run.id}:{user.id}",
            at=at,
            path=f"/administration/imports/{run.id}",
            file_name=run.file_name,
            is_whole=run.state is RunState.REFUSED,
            tell=lambda: words.tell(run.why, run.values),
            refused_count=run.refused_count,
            imported_count=run.imported_count,
        )


def _put_away_again(run_id: int, path: Path, at: datetime) -> None:
    """The same bytes were taken before: counted, unless only the moving had been cut short."""
    run = db.session.get_one(ImportRun, run_id)
    was_moved, place = run.moved_at is not None, DONE if run.state is RunState.DONE else REFUSED
    if _put_away(run_id, path, place, at) and was_moved:
        with transaction():
            run = db.session.get_one(ImportRun, run_id, with_for_update=True, populate_existing=True)
            run.repeat_count, run.repeated_at = run.repeat_count + 1, at


def _put_away(run_id: int, path: Path, place: str, at: datetime) -> bool:
    """Move the file beside the others of its kind; False when it stays where it is, for the next visit."""
    name = path.name.encode(errors="replace")[-NAME_BYTES:].decode(errors="ignore")
    target = path.parent / place / f"{run_id:06}-{at:%Y%m%dT%H%M%S}-{name}"
    try:
        path.rename(target)
    except OSError as error:
        if not isinstance(error, FileNotFoundError):
            log.error("an imported file cannot be moved", run=run_id, error=type(error).__name__)
        return False
    with transaction():
        run = db.session.get_one(ImportRun, run_id, populate_existing=True)
        run.moved_at = run.moved_at or at
    return True


def _unread_digest(path: Path) -> str:
    """Stands for something that cannot be read, as long as it does not change."""
    mark = path.name
    with suppress(OSError):
        seen = path.lstat()
        mark = f"{path.name}:{seen.st_size}:{seen.st_mtime_ns}:{seen.st_ino}"
    return hashlib.sha256(mark.encode(errors="replace")).hexdigest()


def shown_name(path: Path) -> str:
    """The file's name as a page may show it."""
    text = path.name.encode(errors="replace").decode(errors="replace")
    return "".join(sign if sign.isprintable() else "?" for sign in text)[:200]
