"""Kinds, states and endings of a report, and which state may follow which."""

from enum import StrEnum

from portal.deadlines.rules.stages import Matter


class ReportKind(StrEnum):
    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"
    INFORMATION_REQUEST = "information_request"


class Channel(StrEnum):
    """By which door a report came in; everybody may know."""

    WEB = "web"
    COUNTER = "counter"
    PHONE = "phone"
    LETTER = "letter"
    CHAT = "chat"
    EMAIL = "email"
    OPEN311 = "open311"
    IMPORT = "import"


# What an official or a moderator takes down for somebody else.
RECORDED = (Channel.COUNTER, Channel.PHONE, Channel.LETTER, Channel.CHAT)


class ReportState(StrEnum):
    SUBMITTED = "submitted"  # waits for verification
    OPEN = "open"  # disposed to an agency
    ANSWERED = "answered"  # resolved or refused; the resident may react
    CLOSED = "closed"


class Ending(StrEnum):
    SOLVED = "solved"  # the resident agreed
    PARTLY = "partly"  # in part, and the resident left it at that; never counts as solved
    SILENCE = "silence"  # nobody reacted for 10 working days; never counts as solved
    REFUSED = "refused"
    ARCHIVED = "archived"  # incomplete, the moderator's question was never answered
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    DISPUTED = "disputed"  # twice not solved for the resident; moderators closed it
    CLOSED_AT_SOURCE = "closed_at_source"  # an imported matter that its own system closed


NEXT = {
    ReportState.SUBMITTED: {ReportState.OPEN, ReportState.CLOSED},
    ReportState.OPEN: {ReportState.ANSWERED, ReportState.CLOSED},
    ReportState.ANSWERED: {ReportState.OPEN, ReportState.CLOSED},
    ReportState.CLOSED: {ReportState.OPEN, ReportState.SUBMITTED},
}

RUNNING = frozenset({ReportState.SUBMITTED, ReportState.OPEN})  # an answer is still owed
UNENDED = frozenset({ReportState.SUBMITTED, ReportState.OPEN, ReportState.ANSWERED})

OMBUDSMAN_URL = "https://ombudsman.go.id/pengaduan"
TITLE_LENGTH = 120
BODY_LENGTH = 8000  # the longest of 12,084 real texts had 8,257 characters, p99 1,871
MAX_PHOTOS = 5
PLACE_LENGTH = 300
CAPTION_LENGTH = 200  # of a photo, and of what is to be seen on it
MESSAGE_LENGTH = 4000
REOPEN_DAYS = 30  # calendar days from closing
REVIVE_DAYS = 30  # calendar days in which an archived report may be completed
MAX_REOPENINGS = 1
UNMERGE_DAYS = 7  # calendar days in which moderators may undo a merge
RECENTLY_DAYS = 30  # calendar days in which a resolved report is still shown to who files the like
DUPLICATE_DAYS = 30  # calendar days between two reports that may be the same matter
STARS = range(1, 6)
MIN_RATERS = 5  # people: what fewer say of an answer is not published
ANONYMOUS_DIGITS = 3  # about 110 m: which street, not which house
COORDINATE_DIGITS = 4  # about 11 m: enough to find the lamp post


def may_follow(state: ReportState, target: ReportState) -> bool:
    """May a report in `state` become `target`?"""
    return target in NEXT[state]


def matter_of(kind: ReportKind, is_supervisory: bool, is_formal: bool = False) -> Matter:
    """The policy's kind of matter, which names the limits. Only a complaint has supervisory weight, and
    only an information request is a formal one, under UU 14/2008."""
    if kind is ReportKind.COMPLAINT and is_supervisory:
        return Matter.SUPERVISORY_COMPLAINT
    if kind is ReportKind.INFORMATION_REQUEST and is_formal:
        return Matter.FORMAL_INFORMATION_REQUEST
    return {
        ReportKind.COMPLAINT: Matter.COMPLAINT,
        ReportKind.SUGGESTION: Matter.SUGGESTION,
        ReportKind.INFORMATION_REQUEST: Matter.INFORMATION_REQUEST,
    }[kind]


def number(prefix: str, year: int, serial: int) -> str:
    """MDN-26-000123: the city, the local year of receipt, the place in that year."""
    return f"{prefix}-{year % 100:02}-{serial:06}"
