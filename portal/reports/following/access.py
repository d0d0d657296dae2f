"""Which reports this browser may open: its account's, and those whose code it showed."""

from flask import session
from flask_login import current_user

from portal.reports import policy
from portal.reports.models import Report

KEY = "tracked_reports"
REMEMBERED = 20  # a family's reports; the session cookie must stay small


def remember(report: Report) -> None:
    """The code was right: this session may open the report until it ends."""
    others = [number for number in session.get(KEY, []) if number != report.number]
    session[KEY] = [*others, report.number][-REMEMBERED:]


def may_open(report: Report) -> bool:
    return report.number in session.get(KEY, []) or policy.is_reporter(current_user, report)
