"""What an idea is told in the end, and from when on the city owes it."""

from datetime import datetime
from enum import StrEnum

PHOTOS = 3
TITLE_LENGTH = 120
BODY_LENGTH = 4_000
PLACE_LENGTH = 300


class IdeaStatus(StrEnum):
    """What became of an idea. WAITING until its official gave a status with a reason."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    PARTLY = "partly"
    MERGED = "merged"
    LATER = "later"
    REJECTED = "rejected"


GIVEN = tuple(status for status in IdeaStatus if status != IdeaStatus.WAITING)


class Sort(StrEnum):
    NEWEST = "newest"
    SUPPORTED = "supported"


def owed_from(given_at: datetime, collecting_ends_at: datetime) -> datetime:
    """From when on an idea waits for its status: the end of the collecting phase.

    Until then others may still support and comment on it, so nobody can decide; an idea that a moderator
    made of a thread after that end waits from the moment it was given.
    """
    return max(given_at, collecting_ends_at)
