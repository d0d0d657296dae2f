"""Decide whether a received report is handled, and by whom."""

from datetime import datetime

from portal.accounts.models import User
from portal.assignments import services as assignments
from portal.categories.models import Category
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.deadlines import services as deadlines
from portal.deadlines.rules.stages import Stage
from portal.errors import DomainError
from portal.i18n import _l
from portal.places.models import Area
from portal.places.rules import district_of
from portal.reports import rules
from portal.reports.models import ModeratorQuestion, Report
from portal.reports.rules import ReportKind, ReportState
from portal.reports.services import letters, publication, record, transitions
from portal.routing import services as routing_services
from portal.routing.services import Routing


def verify(
    report: Report,
    *,
    routing: Routing,
    by: User | None,
    at: datetime,
    title: str | None = None,
    body: str | None = None,
    expected_lock: int | None = None,
) -> None:
    """Accept the report and give it to `routing`'s agency. `by` is None when a rule verified it.

    `title` and `body` are a moderator's wording for the public; else the resident's own, masked.
    """
    transitions.require_submitted(report, expected_lock)
    _require_team(report, routing, at)
    report.agency = assignments.receiving_agency(routing.agency_id, report.concerned_agency_id)
    deadlines.conclude(transitions.verify_clock(report), Stage.VERIFY, at=at)
    report.state, report.verified_at = ReportState.OPEN, at
    publication.publish(report, title=title, body=body, by=by, at=at)
    record.write(report, "verified", at=at, rule=routing.rule_id, moderator=by is not None)
    _dispose(report, routing, by, at)
    letters.tell_reporter(report, "report_verified", at=at)


def dispose_part(
    report: Report, *, routing: Routing, verified_at: datetime | None, by: User, at: datetime
) -> None:
    """Give a part to an agency that was split from a report when that had been verified already."""
    _require_team(report, routing, at)
    report.agency = assignments.receiving_agency(routing.agency_id, report.concerned_agency_id)
    report.state, report.verified_at = ReportState.OPEN, verified_at
    publication.publish(report, by=by, at=at)
    _dispose(report, routing, by, at)


def _dispose(report: Report, routing: Routing, by: User | None, at: datetime) -> None:
    assignment = assignments.dispose(
        origin="report",
        number=report.number,
        title=report.content.title,
        place=report.content.place or (report.area.name if report.area else ""),
        matter=rules.matter_of(report.kind, report.is_supervisory, report.is_formal),
        category_code=report.category_code,
        area_code=report.area_code,
        routing=routing,
        is_confidential=report.is_confidential,
        excluded_agency_id=report.concerned_agency_id,
        by=by,
        at=at,
        received_at=report.received_at,
    )
    report.assignment, report.official = assignment, assignment.official


def ask_before_verification(report: Report, *, body: str, by: User, at: datetime) -> None:
    """Ask the reporter what is missing; the verification clock waits, at most ten working days."""
    transitions.require_submitted(report)
    if not letters.reaches(report) and report.reporter.tracking_digest is None:
        raise DomainError(_l("Pelapor tidak meninggalkan cara untuk dihubungi."))
    deadlines.pause(transitions.verify_clock(report), at=at)
    _say(report, body, by, at)
    record.write(report, "asked_before_verification", at=at)
    letters.tell_reporter(report, "report_question", at=at, question=body)


def correct(
    report: Report,
    *,
    category: Category,
    area: Area | None,
    kind: ReportKind,
    by: User,
    at: datetime,
    expected_lock: int | None = None,
) -> None:
    """Put a report where it belongs before it is verified. What was promised stays: a confidential
    category makes it confidential, no correction makes it public again."""
    transitions.require_submitted(report, expected_lock)
    transitions.touch(report)
    report.category, report.area, report.kind = category, area, kind
    report.category_code, report.area_code = category.code, area.code if area else None
    report.district_code = district_of(report.area_code)
    report.is_supervisory = (
        category.category_class is CategoryClass.SUPERVISORY and kind is ReportKind.COMPLAINT
    )
    if category.category_class is CategoryClass.CONFIDENTIAL:
        report.is_confidential = True
    record.write(report, "corrected", at=at, category=category.code, area=report.area_code, kind=kind.value)


def _require_team(report: Report, routing: Routing, at: datetime) -> None:
    """A category that is always confidential goes to people who were named, never to a whole agency."""
    is_sealed = report.category.category_class is CategoryClass.CONFIDENTIAL
    if is_sealed and not routing_services.names_people(routing, at):
        raise DomainError(
            _l("Bidang ini rahasia dan aturannya belum menunjuk tim. Pilih petugas yang akan membacanya."),
            field="official",
        )


def _say(report: Report, body: str, by: User, at: datetime) -> None:
    db.session.add(ModeratorQuestion(report_id=report.id, author_id=by.id, body=body, at=at))
