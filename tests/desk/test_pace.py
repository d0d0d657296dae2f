"""A desk with two thousand open duties finds its first page about as fast as the bare indexed query."""

from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from portal.db import db
from portal.desk.queries import queue
from portal.desk.queries.queue import Wish
from portal.desk.rules import PAGE_SIZE, Horizon
from tests.assignments.duties import ZONE
from tests.deadlines.pace import times
from tests.desk import crowd
from tests.desk.conftest import NOW, City

DUTIES = 2_000
BARE = """SELECT * FROM stage_deadlines WHERE official_id = :official AND is_open
          ORDER BY due_at, id LIMIT :page"""
PACE = 60  # times the bare query, with the words and the rights of each row


def test_first_page_of_two_thousand_keeps_its_pace(city: City) -> None:
    crowd.of_duties(city.report().assignment, DUTIES - 1)
    db.session.execute(sa.text("ANALYZE"))
    horizon = Horizon.at(NOW, ZoneInfo(ZONE))

    def page() -> Any:
        return queue.open_duties(city.user, [city.official.id], Wish(), horizon)

    def bare() -> Any:
        values = {"official": city.official.id, "page": PAGE_SIZE + 1}
        return db.session.execute(sa.text(BARE), values).all()

    assert len(page().rows) == PAGE_SIZE
    assert len(bare()) == PAGE_SIZE + 1
    assert times(page, bare) < PACE
