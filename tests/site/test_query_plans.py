"""Pages of a grown city look things up; they never read a whole table that grows with it."""

import re

import pytest
from sqlalchemy import event

from portal.accounts.rules import Role
from portal.db import db
from tests.builders import make_user

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
