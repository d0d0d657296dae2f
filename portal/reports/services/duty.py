"""What a report does when its assignment moves: registered with the assignments at app start."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from portal.assignments import owners
from portal.assignments.labels import BASIS
from portal.assignments.models import Assignment, Response
from portal.assignments.rules import MEETS_RESPOND, ResponseKind
from portal.db import db
from portal.deadlines import hooks
from portal.i18n import _l
from portal.reports import timeline
from portal.reports.models import Report
from portal.reports.rules import ReportState
from portal.reports.services import endings, letters, transitions

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


def register_owner(brief: Callable[[Assignment], owners.Brief]) -> None:
    """Called once at app start, with what tells the handlers of a report."""
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
            ends_itself=True,
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
            basis=BASIS[response.basis] if response.basis else "",
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
    report.react_by = transitions.react_by(response.at)


def _moved(assignment: Assignment, at: datetime) -> None:
    report = _report(assignment)
    report.agency_id, report.official_id = assignment.agency_id, assignment.official_id


def _dispute_decided(assignment: Assignment, at: datetime) -> None:
    endings.dispute_decided(_report(assignment), at=at)


def _report(assignment: Assignment) -> Report:
    return db.session.scalars(select(Report).filter_by(assignment_id=assignment.id)).one()
