"""Kinds, states and endings of a report, and which state may follow which."""

from enum import StrEnum


class ReportKind(StrEnum):
    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"
    INFORMATION_REQUEST = "information_request"


class ReportState(StrEnum):
    SUBMITTED = "submitted"  # waits for verification
    OPEN = "open"  # disposed to an agency
    ANSWERED = "answered"  # resolved or refused; the resident may react
    CLOSED = "closed"


class Ending(StrEnum):
    SOLVED = "solved"  # the resident agreed
    SILENCE = "silence"  # nobody reacted for 10 working days; never counts as solved
    REFUSED = "refused"
    ARCHIVED = "archived"  # incomplete, the moderator's question was never answered
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    CLOSED_AT_SOURCE = "closed_at_source"  # an imported matter that its own system closed


NEXT = {
    ReportState.SUBMITTED: {ReportState.OPEN, ReportState.CLOSED},
    ReportState.OPEN: {ReportState.ANSWERED, ReportState.CLOSED},
    ReportState.ANSWERED: {ReportState.OPEN, ReportState.CLOSED},
    ReportState.CLOSED: {ReportState.OPEN, ReportState.SUBMITTED},
}

TITLE_LENGTH = 120
BODY_LENGTH = 8000  # the longest of 12,084 real texts had 8,257 characters, p99 1,871
MAX_PHOTOS = 5
REOPEN_DAYS = 30  # calendar days from closing
