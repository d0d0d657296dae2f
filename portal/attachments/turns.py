"""A few pictures at a time: many phones at once must neither fill the memory nor hold every thread."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from portal.errors import DomainError
from portal.i18n import _l

AT_ONCE = 2  # unfolded at the same time in one process; rules.py bounds what one may take
IN_LINE = 4  # that wait; with those at work no more than half of the server's threads
PATIENCE_SECONDS = 20

_at_work = threading.BoundedSemaphore(AT_ONCE)
_let_in = threading.BoundedSemaphore(AT_ONCE + IN_LINE)


class Busy(DomainError):
    """Too many pictures at the moment: the same file will be taken a little later."""


@contextmanager
def turn() -> Iterator[None]:
    """Wait until it is one's turn to unfold a picture. Raises Busy when too many wait already."""
    if not _let_in.acquire(blocking=False):
        raise _busy()
    try:
        if not _at_work.acquire(timeout=PATIENCE_SECONDS):
            raise _busy()
        try:
            yield
        finally:
            _at_work.release()
    finally:
        _let_in.release()


def _busy() -> Busy:
    return Busy(_l("Sedang banyak foto yang masuk. Kirim lagi sebentar lagi."))
