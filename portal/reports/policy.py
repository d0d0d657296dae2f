"""Who may do what with a report; views and templates ask the same functions."""

from datetime import datetime, timedelta

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.reports import rules
from portal.reports.identity import sealing
from portal.reports.models import Report, Supporter
from portal.reports.rules import Ending, ReportState

REOPENABLE = frozenset({Ending.SILENCE, Ending.SOLVED, Ending.PARTLY, Ending.REFUSED})


def may_triage(user: User) -> bool:
    """Moderators verify, correct, route and refuse."""
    return bool(user.is_authenticated and Role.MODERATOR in user.roles)


def may_change_kind(report: Report) -> bool:
    """While its duty is open; what has supervisory weight keeps it."""
    return report.state is ReportState.OPEN and not report.is_supervisory


def is_reporter(user: User, report: Report) -> bool:
    """Did this account file it? An anonymous report is known again by the digest on its seal."""
    if not user.is_authenticated:
        return False
    sealed = report.reporter.sealed
    if sealed is not None:
        return sealed.lookup in sealing.lookups(user.id)
    return report.reporter.user_id == user.id


def may_support(user: User, report: Report) -> bool:
    """Anybody with an account, while the matter is public and not at its end."""
    return bool(
        user.is_authenticated
        and is_published(report)
        and report.state in rules.UNENDED
        and not is_reporter(user, report)
    )


def may_rate_as_supporter(report: Report, follower: Supporter | None) -> bool:
    """Whoever is counted as having the same matter, while its texts are public."""
    return follower is not None and follower.is_affected and is_published(report)


def is_published(report: Report) -> bool:
    """May everybody read its text?"""
    return report.verified_at is not None and not report.is_confidential and report.hidden_at is None


def can_be_written_to(report: Report, at: datetime) -> bool:
    """Before its end, and for a while after it was archived as incomplete."""
    if report.state in (ReportState.SUBMITTED, ReportState.OPEN):
        return True
    return (
        report.ending is Ending.ARCHIVED
        and report.ended_at is not None
        and at <= report.ended_at + timedelta(days=rules.REVIVE_DAYS)
    )


def can_be_withdrawn(report: Report) -> bool:
    return report.state in (ReportState.SUBMITTED, ReportState.OPEN)


def awaits_verdict(report: Report) -> bool:
    """Was it answered or refused, and has the reporter not yet said what they think of that?"""
    return report.state is ReportState.ANSWERED and report.disputed_at is None


def can_be_reopened(report: Report, at: datetime) -> bool:
    """Once, within 30 days of closing, also after it was closed by silence."""
    return (
        (report.state is ReportState.ANSWERED or report.ending in REOPENABLE)
        and report.assignment_id is not None
        and report.closed_at is not None
        and report.reopen_count - report.overturn_count < rules.MAX_REOPENINGS
        and at <= report.closed_at + timedelta(days=rules.REOPEN_DAYS)
    )
