"""What the handlers of a report read of it."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.assignments.models import Assignment
from portal.assignments.owners import Brief, Said
from portal.db import db
from portal.i18n import _
from portal.reports import answers, arrivals, listing
from portal.reports.labels import CHANNEL, KIND
from portal.reports.models import Report, ReportContent, ReportPhoto
from portal.reports.rules import RECORDED
from portal.surveys import verdicts


def brief(assignment: Assignment) -> Brief:
    """The text as typed; who brought it, where they did not ask to be hidden. Two statements."""
    report = _report(assignment)
    name = "" if report.is_anonymous else report.reporter.name
    return Brief(
        kind=str(KIND[report.kind]),
        text=report.content.body,
        author=_author(report),
        facts=[
            *answers.facts(report.content.answers),
            (_("Tempat"), report.content.place or _("Tidak disebutkan")),
            *arrivals.facts(report),
        ],
        photos=listing.handed_in(report.photos),
        said=[
            *(Said(at=one.at, who=name, text=one.body) for one in report.messages),
            *verdicts.said(assignment, name),
        ],
        marks=_marks(report),
        point=_point(report),
        earlier_clock_ids=[report.verify_clock_id] if report.verify_clock_id else [],
    )


def _report(assignment: Assignment) -> Report:
    return (
        db.session.scalars(
            select(Report)
            .filter_by(assignment_id=assignment.id)
            .options(
                joinedload(Report.content).joinedload(ReportContent.answers),
                joinedload(Report.reporter),
                # Both at once: a report has five photos at most, and few messages.
                joinedload(Report.photos).joinedload(ReportPhoto.attachment),
                joinedload(Report.messages),
            )
        )
        .unique()
        .one()
    )


def _point(report: Report) -> tuple[float, float] | None:
    lat, lon = report.content.lat, report.content.lon
    return None if lat is None or lon is None else (lat, lon)


def _author(report: Report) -> str:
    if report.is_anonymous:
        return _("Pelapor meminta namanya disembunyikan")
    return report.reporter.name or _("Tidak menyebut nama")


def _marks(report: Report) -> list[tuple[str, str | None]]:
    marks: list[tuple[str, str | None]] = []
    if report.channel in RECORDED:
        marks.append((str(CHANNEL[report.channel]), None))
    if report.is_anonymous:
        marks.append((_("Anonim"), "wait"))
    if report.reopen_count:
        marks.append((_("Dibuka kembali"), "late"))
    return marks
