"""One bad row does not hold up the others."""

from typing import Any

from portal.db import db
from portal.jobs import batches
from portal.jobs.models import PeriodicRun
from tests.builders import MONDAY


def test_failure_of_one_row_is_undone_and_the_others_are_kept(session: Any) -> None:
    def keep(name: str) -> None:
        db.session.add(PeriodicRun(name=name, slot_at=MONDAY))
        db.session.flush()
        if name == "bad":
            raise ValueError(name)

    count = batches.each(["first", "bad", "last"], keep)

    assert count == 2
    assert set(db.session.scalars(db.select(PeriodicRun.name))) == {"first", "last"}
