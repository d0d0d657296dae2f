"""What a report does when its assignment moves: registered with the assignments at app start."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from portal.assignments import owners, refusal_words
from portal.assignments.models import Assignment, Response
from portal.assignments.rules import MEETS_RESPOND, ResponseKind
from portal.db import db
from portal.deadlines import hooks
from portal.deadlines.hooks import Moved
from portal.deadlines.rules.stages import Matter
from portal.i18n import _l
from portal.places.rules import district_of
from portal.reports import policy, timeline
from portal.reports.models import Report
from portal.reports.rules import ReportState
from portal.reports.services import carrying, endings, hiding, letters, publication, transitions

LETTERS = {
    ResponseKind.QUESTION: "report_question",
    ResponseKind.INTERIM: "report_interim",
    ResponseKind.ANSWER: "report_answered",
    ResponseKind.REFUSAL: "report_refused",
}
FOLLOWER_LETTERS = {
    ResponseKind.INTERIM: "followed_report_answered",
    ResponseKind.ANSWER: "followed_report_answered",
    ResponseKind.REFUSAL: "followed_report_refused",
}


def register_owner(brief: Callable[[Assignment], owners.Brief], is_own: Callable[[Assignment], bool]) -> None:
    """Called once at app start, with what tells the handlers of a report, and with what knows its
    reporter again."""
    owners.register(
        "report",
        owners.Owner(
            label=_l("Laporan"),
            endpoint="reports.show",
            deadline_endpoint="reports.deadline",
            brief=brief,
            responded=_responded,
            resolved=_resolved,
            refused=_resolved,
            moved=_moved,
            events=timeline.EVENTS,
            dispute_decided=_dispute_decided,
            corrected=_corrected,
            is_hidden=lambda assignment: _report(assignment).hidden_at is not None,
            is_own=is_own,
            own_endpoint="following.private",
            overturned=_overturned,
            reminded=_reminded,
            fell_silent=_fell_silent,
            due_moved=_due_moved,
        ),
    )
    hooks.on_pause_capped(endings.archive_unanswered)


def _responded(assignment: Assignment, response: Response) -> None:
    report = _report(assignment)
    if response.kind in MEETS_RESPOND:
        report.first_response_at = report.first_response_at or response.at
    key = str(response.id)
    if response.kind in LETTERS:
        letters.tell_reporter(
            report,
            LETTERS[response.kind],
            at=response.at,
            key=key,
            question=response.body,
            answer=response.body,
            **refusal_words.told(response),
            is_by_moderator=response.is_by_moderator,
        )
    if response.kind in FOLLOWER_LETTERS:
        letters.tell_followers(
            report,
            FOLLOWER_LETTERS[response.kind],
            at=response.at,
            key=key,
            agency=response.agency.name,
        )


def _resolved(assignment: Assignment, response: Response) -> None:
    """Answered or refused: the reporter may react until the silence counts."""
    report = _report(assignment)
    transitions.check(report, ReportState.ANSWERED)
    report.state = ReportState.ANSWERED
    report.closed_at = response.at
    report.first_closed_at = report.first_closed_at or response.at


def _overturned(assignment: Assignment, response: Response, at: datetime) -> None:
    report = _report(assignment)
    transitions.overturn(report, ReportState.OPEN, at=at)
    letters.tell_reporter(
        report, "report_refusal_overturned", at=at, key=str(response.id), reason=response.overturn_reason
    )


def _reminded(assignment: Assignment, key: str, at: datetime) -> None:
    letters.tell_reporter(
        _report(assignment), "report_verdict_reminder", at=at, key=key, react_by=assignment.react_by
    )


def _fell_silent(assignment: Assignment, at: datetime) -> None:
    endings.fell_silent(_report(assignment), at=at)


def _moved(assignment: Assignment, at: datetime) -> None:
    report = _report(assignment)
    report.agency_id, report.official_id = assignment.agency_id, assignment.official_id


def _due_moved(assignment: Assignment, moved: Moved, at: datetime) -> None:
    letters.tell_moved(_report(assignment), moved, at=at)


def _corrected(assignment: Assignment, at: datetime) -> None:
    """The report stands where its duty stands; what became confidential leaves the public's sight."""
    report = _report(assignment)
    report.category_code, report.area_code = assignment.category_code or "", assignment.area_code
    report.district_code = district_of(report.area_code)
    report.is_supervisory = assignment.matter == Matter.SUPERVISORY_COMPLAINT
    report.concerned_agency_id = assignment.excluded_agency_id
    if assignment.is_confidential and not report.is_confidential:
        hiding.make_confidential(report)
        carrying.make_confidential(report, at=at)
    db.session.flush()
    db.session.expire(report, ["category", "area"])
    if policy.is_published(report):
        publication.index(report)


def _dispute_decided(assignment: Assignment, at: datetime) -> None:
    endings.dispute_decided(_report(assignment), at=at)


def _report(assignment: Assignment) -> Report:
    return db.session.scalars(select(Report).filter_by(assignment_id=assignment.id)).one()
