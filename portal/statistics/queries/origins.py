"""Where matters come from, and when: conditions that several statements share."""

from typing import Any

from sqlalchemy import ColumnElement

from portal.assignments import owners
from portal.assignments.models import Assignment
from portal.statistics.rules.scope import Scope

REPORT = "report"


def brought_elsewhere() -> ColumnElement[bool]:
    """Duties that residents wait for and that are no reports: a report is counted before it is a duty."""
    return Assignment.origin.in_([origin for origin in owners.with_resident() if origin != REPORT])


def received_in(received_at: Any, scope: Scope) -> tuple[ColumnElement[bool], ...]:
    return (received_at >= scope.start, received_at < scope.end, received_at <= scope.cutoff)
