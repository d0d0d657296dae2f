"""The bytes of a file that somebody laid down: found without following anything, and read as text."""

import csv
import hashlib
import os
import stat
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from portal.forms import cleaned_text
from portal.reports.importers.outcomes import Why
from portal.reports.importers.store import Numbered

SETTLED = timedelta(seconds=60)  # a file that somebody still copies changes more often
LARGEST = 64 * 1024 * 1024  # bytes; a large city's year of reports has less
BLOCK = 1024 * 1024
UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".filepart", ".swp", "~")  # copying programs' own
ENCODINGS = ("utf-8-sig", "cp1252")
DELIMITERS = (",", ";", "\t", "|")


class Unusable(Exception):
    """The whole file cannot be taken, for a reason with the values of its words."""

    def __init__(self, why: Why, **values: str) -> None:
        super().__init__(why)
        self.why = why
        self.values = values


@dataclass(frozen=True)
class Source:
    """An open file that was looked at from its first byte to its last."""

    file: BinaryIO
    sha256: str
    byte_count: int


def waiting(folder: Path, at: datetime) -> list[Path]:
    """What lies in the folder and has settled, the oldest first. Hidden and half-copied files wait."""
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") or entry.name.lower().endswith(UNFINISHED):
                continue
            seen = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(seen.st_mode) or not _has_settled(seen, at):
                continue
            found.append((seen.st_mtime, Path(entry.path)))
    return [path for _, path in sorted(found)]


def open_file(path: Path) -> Source:
    """Open a regular file, never what a link leads to. Raises Unusable."""
    try:
        # Without O_NONBLOCK a pipe would hold the runner for ever.
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        why = Why.NOT_A_FILE if path.is_symlink() else Why.UNREADABLE
        raise Unusable(why) from error
    file = os.fdopen(handle, "rb")
    try:
        return _looked_at(file)
    except BaseException:
        file.close()
        raise


def rows(source: Source, required: Sequence[str]) -> Generator[Numbered]:
    """The rows of a CSV, numbered as an editor numbers lines, read twice: the first time only to see that
    all of it can be read. Raises Unusable before the first row."""
    encoding = _encoding(source.file)
    delimiter = _delimiter(source.file, encoding, required)
    last = 1
    try:
        for line, _row in _read(source.file, encoding, delimiter):
            last = line
    except csv.Error as error:
        raise Unusable(Why.BROKEN_CSV, line=str(last + 1)) from error
    return _read(source.file, encoding, delimiter)


def _looked_at(file: BinaryIO) -> Source:
    seen = os.fstat(file.fileno())
    if not stat.S_ISREG(seen.st_mode):
        raise Unusable(Why.NOT_A_FILE)
    if seen.st_size > LARGEST:
        raise Unusable(Why.TOO_LARGE, megabytes=str(LARGEST // 1024 // 1024))
    if seen.st_size == 0:
        raise Unusable(Why.EMPTY)
    drawn = hashlib.sha256()
    while block := file.read(BLOCK):
        drawn.update(block)
    return Source(file, drawn.hexdigest(), seen.st_size)


def _has_settled(seen: os.stat_result, at: datetime) -> bool:
    """Nothing touched it for a minute: by the time of the last change, which no copying program can set
    back, as well as by that of its content, unless that lies in the future."""
    touched = [seen.st_ctime, *([seen.st_mtime] if seen.st_mtime <= at.timestamp() else [])]
    return datetime.fromtimestamp(max(touched), UTC) <= at - SETTLED


def _encoding(file: BinaryIO) -> str:
    """UTF-8 where the whole file is that, else what Excel writes on Windows. Raises Unusable."""
    file.seek(0)
    head = file.read(4)
    if head.startswith(b"PK"):
        raise Unusable(Why.SPREADSHEET)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    for encoding in ENCODINGS:
        if _is_written_in(file, encoding):
            return encoding
    raise Unusable(Why.NOT_TEXT)


def _is_written_in(file: BinaryIO, encoding: str) -> bool:
    text = _text(file, encoding)
    try:
        while block := text.read(BLOCK):
            if "\0" in block:
                raise Unusable(Why.NOT_TEXT)
    except UnicodeError:
        return False
    finally:
        text.detach()
    return True


def _delimiter(file: BinaryIO, encoding: str, required: Sequence[str]) -> str:
    """The sign under which the first line names most of the columns. Raises Unusable."""
    first = _first_line(file, encoding)
    missing = {sign: _missing(first, sign, required) for sign in DELIMITERS}
    best = min(DELIMITERS, key=lambda sign: len(missing[sign]))
    if missing[best]:
        raise Unusable(Why.MISSING_COLUMNS, columns=", ".join(missing[best]))
    return best


def _first_line(file: BinaryIO, encoding: str) -> str:
    text = _text(file, encoding)
    try:
        return text.readline(BLOCK)
    except UnicodeError as error:
        raise Unusable(Why.NOT_TEXT) from error
    finally:
        text.detach()


def _missing(line: str, sign: str, required: Sequence[str]) -> list[str]:
    try:
        named = {name.strip() for name in next(csv.reader([line], delimiter=sign), [])}
    except csv.Error:
        return list(required)
    return [name for name in required if name not in named]


def _read(file: BinaryIO, encoding: str, delimiter: str) -> Generator[Numbered]:
    text = _text(file, encoding)
    try:
        reader = csv.DictReader(text, delimiter=delimiter, strict=True)
        reader.fieldnames = [name.strip() for name in reader.fieldnames or ()]
        for row in reader:
            if any(row.values()):  # spreadsheets leave empty lines at the end
                yield reader.line_num, _without_control(row)
    except UnicodeError as error:
        raise Unusable(Why.NOT_TEXT) from error
    finally:
        text.detach()


def _without_control(row: Mapping[str, str]) -> Mapping[str, str]:
    """Nobody types these, and PostgreSQL refuses some."""
    return {name: cleaned_text(text) if isinstance(text, str) else text for name, text in row.items()}


def _text(file: BinaryIO, encoding: str) -> TextIOWrapper:
    """From the first byte on; given back by `detach`, so that the file itself stays open."""
    file.seek(0)
    return TextIOWrapper(file, encoding=encoding, newline="")
