"""The clocks of a report: the one that runs first, then those that were met."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask import url_for

from portal.deadlines import queries as deadlines
from portal.deadlines.presentation import ClockValue
from portal.reports.models import Report


def of(report: Report, at: datetime) -> list[ClockValue]:
    """Every stage of one report: those that still run come first, then what was met last."""
    link = url_for("reports.deadline", number=report.number)
    ids = clock_ids(report)
    values = deadlines.clock_values(ids, at)
    told = [value.with_link(link) for one in ids for value in values.get(one, [])]
    running = [value for value in told if value.met_at is None]
    met = [value for value in told if value.met_at is not None]
    return running + sorted(met, key=lambda value: value.met_at or at, reverse=True)


def clock_ids(report: Report) -> list[int]:
    """Ids of the report's clocks, verification first."""
    ids = [report.verify_clock_id, report.assignment.clock_id if report.assignment else None]
    return [one for one in ids if one is not None]


def of_rows(rows: Sequence[Any], at: datetime) -> dict[int, ClockValue]:
    """For each listed report (by id) the clock that runs now, or the last one that was met."""
    ids = {row.id: row.clock_id or row.verify_clock_id for row in rows}
    values = deadlines.clock_values([one for one in ids.values() if one], at)
    return {
        report_id: current
        for report_id, one in ids.items()
        if one and (current := _current(values.get(one, [])))
    }


def _current(values: Iterable[ClockValue]) -> ClockValue | None:
    last = None
    for value in values:
        if value.met_at is None:
            return value
        last = value
    return last
