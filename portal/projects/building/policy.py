"""Who may write on the building page."""

from typing import Any

from portal.assignments import policy as duties
from portal.projects.building.models import MonthlyReport


def may_write(user: Any, report: MonthlyReport) -> bool:
    """Whoever holds the duty of the report, and those above, until it is published."""
    return report.assignment is not None and duties.may_respond(user, report.assignment)
