"""What became of a mail, and why it became nothing."""

from enum import StrEnum


class MailState(StrEnum):
    WAITING = "waiting"
    TAKEN = "taken"  # it became an answer, a message or a post
    REFUSED = "refused"  # its sender was told why
    AUTOMATIC = "automatic"  # nobody wrote it: kept, never counted as an answer
    BOUNCE = "bounce"
    UNREADABLE = "unreadable"  # kept for the administrator


class Reason(StrEnum):
    """Why a mail was not taken. A matter's own refusal comes in its own words instead."""

    UNKNOWN_ADDRESS = "unknown_address"  # no token of ours, or a forged one
    EXPIRED = "expired"
    OTHER_SENDER = "other_sender"  # the letter went to somebody else
    NO_REPLY = "no_reply"  # a letter that cannot be replied to
    NOT_ALLOWED = "not_allowed"  # the role is gone, or the matter is out of reach
    EMPTY = "empty"  # nothing but quotes
    TOO_LONG = "too_long"
    TOO_LARGE = "too_large"
    MALFORMED = "malformed"
    TOO_MANY = "too_many"
    UNDECIDED = "undecided"  # no word that decides stands on the first line
    ELSEWHERE = "elsewhere"  # this answer is written on a page of its own
    REFUSED = "refused"  # by the rules of the matter, which said why
    NO_SUCH_MATTER = "no_such_matter"
    FAILED = "failed"
    # Of mail to the intake address.
    INTAKE_MANY = "intake_many"
    INTAKE_EMPTY = "intake_empty"
    INTAKE_SENDER = "intake_sender"  # nobody to answer
    FLOOD = "flood"
