"""Attacks in the reason for which a name was opened."""

from typing import Any

from portal.accounts.rules import Role
from portal.reports.identity import openings
from tests.builders import MONDAY, make_category, make_report


def write_openings(hall: Any) -> None:
    """An anonymous report of the resident, opened by the moderator."""
    report = make_report(
        make_category(),
        by=hall.resident,
        is_anonymous=True,
        title=hall.ink.line(120),
        body=hall.ink.text(3000),
    )
    openings.open_identity(report, reason=hall.ink.text(1000), by=hall.people[Role.MODERATOR], at=MONDAY)
