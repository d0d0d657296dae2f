"""When a survey is open: its dates alone decide, unless it was closed early or published."""

from datetime import date
from enum import StrEnum

MAX_OPEN_DAYS = 366  # PermenPANRB 14/2017 asks for a survey at least once a year


class Phase(StrEnum):
    """Where a survey stands on a day."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


def phase(
    today: date, *, opens_on: date, closes_on: date, is_closed_early: bool, is_published: bool
) -> Phase:
    """Both dates belong to the open days."""
    if is_published:
        return Phase.PUBLISHED
    if is_closed_early or today > closes_on:
        return Phase.CLOSED
    return Phase.PLANNED if today < opens_on else Phase.OPEN
