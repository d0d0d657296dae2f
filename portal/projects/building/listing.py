"""Monthly reports as lists show them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from portal.assignments import clocks
from portal.deadlines.presentation import ClockValue
from portal.i18n import _, format_date_short, format_month
from portal.projects.building import queries
from portal.projects.building.models import MonthlyReport
from portal.projects.models import Project


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A month in the list: written or still owed, with its clock where the list shows one."""

    title: str
    url: str
    meta: list[str]
    note: str
    left: str | None
    tone: str | None
    days: Any


def report_rows(project: Project, at: datetime) -> list[ReportRow]:
    """Every month that owed a report, newest first, each with its clock."""
    found = queries.reports_of(project)
    shown = clocks.of_rows({one.id: one.assignment.clock_id for one in found if one.assignment}, at)
    return [report_row(one, shown.get(one.id)) for one in found]


TONES = {"late": "late", "met": "met"}


def report_row(report: MonthlyReport, clock: ClockValue | None = None) -> ReportRow:
    """A month in words; with its clock where the list shows one."""
    published = report.published_at
    return ReportRow(
        title=month_title(report),
        url=url_for("building_reports.show", number=report.number),
        meta=[
            report.number,
            _("terbit %(day)s", day=format_date_short(published)) if published else _("belum terbit"),
        ],
        note=report.summary if published else "",
        left=clock.headline if clock else None,
        tone=TONES.get(clock.tone) if clock else None,
        days=clock.days if clock else None,
    )


def month_title(report: MonthlyReport) -> str:
    return _("Laporan %(month)s", month=format_month(report.month))
