"""The clocks of a report: that of its verification, and that of its duty."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import url_for

from portal.assignments import clocks
from portal.deadlines.presentation import ClockValue
from portal.reports.models import Report


def of(report: Report, at: datetime) -> list[ClockValue]:
    """Every stage of one report: those that still run come first, then what was met last."""
    return clocks.told(clock_ids(report), url_for("reports.deadline", number=report.number), at)


def clock_ids(report: Report) -> list[int]:
    """Ids of the report's clocks, verification first."""
    ids = [report.verify_clock_id, report.assignment.clock_id if report.assignment else None]
    return [one for one in ids if one is not None]


def of_rows(rows: Sequence[Any], at: datetime) -> dict[int, ClockValue]:
    """For each listed report (by id) the clock that runs now, or the last one that was met."""
    return clocks.of_rows({row.id: row.clock_id or row.verify_clock_id for row in rows}, at)
