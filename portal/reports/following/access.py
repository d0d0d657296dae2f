"""Which reports this browser may open: its account's, and those whose code it showed."""

from flask import session
from flask_login import current_user

from portal.assignments.models import Assignment
from portal.attachments.models import Attachment
from portal.reports import policy, queries
from portal.reports.models import Report

KEY = "tracked_reports"
REMEMBERED = 20  # a family's reports; the session cookie must stay small


def remember(report: Report) -> None:
    """The code was right: this session may open the report until it ends."""
    others = [number for number in session.get(KEY, []) if number != report.number]
    session[KEY] = [*others, report.number][-REMEMBERED:]


def may_open(report: Report) -> bool:
    if policy.is_reporter(current_user, report):
        return True
    tracked = session.get(KEY, [])
    # Whose code opened the whole opens its parts: they were one report when the code was given.
    return report.number in tracked or (bool(tracked) and queries.whole_of(report) in tracked)


def is_own(assignment: Assignment) -> bool:
    """Does this browser belong to whoever filed the report behind a duty?"""
    report = queries.of_assignment(assignment.id)
    return report is not None and may_open(report)


def may_load(attachment: Attachment) -> bool:
    """Who sees a photo of a report: everybody once it is public and not held back, else its reporter and its
    handlers. True for photos of other things."""
    found = queries.photo_with_report(attachment.id)
    if found is None:
        return True
    photo, report = found
    is_held = photo.held_at is not None and attachment.id == photo.attachment_id
    if (policy.is_published(report) and not is_held) or may_open(report):
        return True
    return bool(current_user.is_authenticated) and queries.may_handle(report, current_user)
