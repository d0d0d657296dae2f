"""Do the same for many rows in one transaction, so that one bad row does not hold up the others."""

from collections.abc import Callable, Iterable
from typing import TypeVar

import structlog

from portal.db import db

Row = TypeVar("Row")

log = structlog.get_logger()


def each(rows: Iterable[Row], act: Callable[[Row], object]) -> int:
    """Act on each row inside a savepoint; a failure is logged and undone. Returns how many went well."""
    count = 0
    for row in rows:
        try:
            with db.session.begin_nested():
                act(row)
            count += 1
        except Exception:  # logged, and met again by the next run
            log.exception("row failed", table=getattr(row, "__tablename__", ""), id=getattr(row, "id", None))
    return count
