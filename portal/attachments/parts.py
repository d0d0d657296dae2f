"""Uploads that come in parts, over as many lines as it takes.

What has come of a file waits in a folder of its sender's, and goes when the file is whole, when the sender
is done, or after a day. A part says where it belongs: one that comes twice is written over itself, one that
comes too early is refused with what is missing.
"""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from portal import config
from portal.attachments import rules
from portal.errors import DomainError
from portal.i18n import _l

PART_BYTES = 128 * 1024  # what a broken line costs at most
LIFETIME = timedelta(days=1)
MOST_FILES = 5  # of one sender, as many as a report has photos


class Gap(Exception):
    """A part came before those in front of it; `received` is how many bytes are there."""

    def __init__(self, received: int) -> None:
        super().__init__(received)
        self.received = received


def received(sender: str, name: str) -> int:
    """How many bytes of the file are there, without a gap."""
    path = _path(sender, name)
    return path.stat().st_size if path.is_file() else 0


def put(sender: str, name: str, part: bytes, *, offset: int) -> int:
    """Write a part; returns how many bytes are there now. Raises Gap, and DomainError when the file grows
    larger than a photo may be."""
    there = received(sender, name)
    if not 0 <= offset <= there:
        raise Gap(there)
    require_size(offset + len(part))
    path = _path(sender, name)
    if not there:
        _make_room(path.parent)
    with path.open("r+b" if there else "wb") as file:
        file.seek(offset)
        file.write(part)
    return max(there, offset + len(part))


def require_size(total: int) -> None:
    """Asked of what a file says of itself: nobody sends ten megabytes to be refused then."""
    if total > rules.MAX_BYTES:
        raise DomainError(_l("Foto ini lebih besar dari 10 MB. Kirim foto yang lebih kecil."))


def read(sender: str, name: str) -> bytes:
    """What is there so far."""
    path = _path(sender, name)
    return path.read_bytes() if path.is_file() else b""


def forget(sender: str, name: str) -> None:
    _path(sender, name).unlink(missing_ok=True)


def forget_all(sender: str) -> None:
    """Nothing of this sender's is waited for any more."""
    shutil.rmtree(_folder() / sender, ignore_errors=True)


def forget_old(at: datetime) -> None:
    """What was not gone on with for a day."""
    for path in _folder().glob("*"):
        if path.stat().st_mtime < (at - LIFETIME).timestamp():
            shutil.rmtree(path, ignore_errors=True)


def _make_room(folder: Path) -> None:
    """A sender has a few files under way; whoever begins more gives up the oldest."""
    folder.mkdir(parents=True, exist_ok=True)
    waiting = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)
    for path in waiting[: max(0, len(waiting) + 1 - MOST_FILES)]:
        path.unlink(missing_ok=True)


def _path(sender: str, name: str) -> Path:
    """Both names are ours: a digest and a UUID."""
    return _folder() / sender / name


def _folder() -> Path:
    return config.current().data_dir.resolve() / "uploads"
