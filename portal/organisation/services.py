"""Keep what officials carry."""

from portal.db import db
from portal.organisation.models import Official


def count_open(official_id: int | None, change: int) -> None:
    """One more (+1) or one fewer (-1) open assignment; counted in SQL, so that two writers add up."""
    if official_id is not None:
        db.session.execute(
            db.update(Official)
            .where(Official.id == official_id)
            .values(open_count=Official.open_count + change)
        )
