"""Pages of a grown city look things up; they never read a whole table that grows with it."""

import re

import pytest
from sqlalchemy import event

from portal.accounts.rules import Role
from portal.db import db
from portal.reports import queries as reports
from portal.reports.queries import Matter
from tests.builders import MONDAY, make_user

pytestmark = pytest.mark.only_on("sqlite")  # its plans depend on the indexes alone, not on what is stored

GROWS = (
    "assignments|clock_entries|clocks|events|ideas|notifications|pin_places|pins|posts|report_contents"
    "|reporters|reports|responses|search_documents|stage_deadlines|thread_readers|threads"
)
# A walk along an index ends at the page's last row; a bare scan ends with the table.
SCAN = re.compile(rf"SCAN (?:{GROWS})(?:_\d+)?$")


@pytest.fixture
def plans(app):
    """Every step of every plan from now on, each with its statement."""
    steps: list[tuple[str, str]] = []

    def explain(connection, cursor, statement, parameters, context, executemany):
        if statement.startswith(("SELECT", "WITH")):
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            steps.extend((row[3], statement) for row in cursor.fetchall())

    connection = db._app_engines[app][None].engine
    event.listen(connection, "before_cursor_execute", explain)
    yield steps
    event.remove(connection, "before_cursor_execute", explain)


@pytest.mark.parametrize(
    ("role", "path"),
    [
        (None, "/"),
        (None, "/reports"),
        (None, "/forum"),
        (None, "/forum?area=12.71.09&unanswered=1"),
        (None, "/search?q=lampu"),
        (None, "/reports?q=lampu+jalan"),
        (None, "/reports/similar?title=lampu+jalan+mati"),
        (Role.RESIDENT, "/today"),
        (Role.RESIDENT, "/forum/followed"),
        (Role.OFFICIAL, "/desk"),
        (Role.SUPERVISOR, "/team"),
        (Role.MODERATOR, "/today"),
        (Role.MODERATOR, "/triage"),
        (Role.MODERATOR, "/moderation"),
        (Role.MODERATOR, "/forum/unrouted"),
    ],
)
def test_page_reads_no_growing_table_whole(client, login, plans, role, path):
    visitor = login(make_user(role)) if role else client

    response = visitor.get(path)

    assert response.status_code == 200
    assert [statement for step, statement in plans if SCAN.match(step)] == []


def test_what_is_near_and_alike_is_found_by_its_indexes(session, plans):
    matter = Matter(title="Lampu jalan mati", area_code="99.71.01.1001", lat=3.54, lon=98.7)

    reports.similar(matter, MONDAY)

    steps = [step for step, _ in plans]
    assert [step for step in steps if SCAN.match(step)] == []
    for index in ("ix_reports_lat_lon (lat>? AND lat<?)", "ix_reports_area_code (area_code=?)"):
        assert any(index in step for step in steps), steps
