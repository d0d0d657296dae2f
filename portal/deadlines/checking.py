"""Look at every clock in the portal, a batch at a time, and keep what was found for the administrator."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import delete, select

from portal.db import db, transaction
from portal.deadlines import services
from portal.deadlines.models import ClockCheck
from portal.deadlines.services import Verified

KEPT = 30  # checks; one a day is a month
LISTED = 20  # differences that a check names


def batches() -> Iterator[Verified]:
    """Every clock, each batch in a short transaction of its own: memory and locks stay small."""
    last_id = 0
    while True:
        with transaction():
            found = services.verify(after_id=last_id)
            db.session.expire_all()
        if not found.clock_count:
            return
        last_id = found.last_id
        yield found


def check(at: datetime) -> ClockCheck:
    """Compare everything and keep the outcome; only the newest outcomes stay."""
    found = Verified()
    for batch in batches():
        found.clock_count += batch.clock_count
        found.differences += batch.differences
    kept = ClockCheck(
        at=at,
        clock_count=found.clock_count,
        difference_count=len(found.differences),
        differences=[str(difference) for difference in found.differences[:LISTED]],
    )
    with transaction():
        db.session.add(kept)
        db.session.flush()
        newest = select(ClockCheck.id).order_by(ClockCheck.id.desc()).limit(KEPT)
        db.session.execute(delete(ClockCheck).where(ClockCheck.id.not_in(newest)))
    return kept


def last() -> ClockCheck | None:
    """The newest outcome; None when nothing was checked yet."""
    return db.session.scalar(select(ClockCheck).order_by(ClockCheck.id.desc()).limit(1))
