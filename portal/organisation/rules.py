"""Positions in an agency, leave and who stands in, and the ways to reach a body outside the city."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum


class Rank(StrEnum):
    """A position, from which the escalation ladder is climbed: it belongs to the office, not the person."""

    OFFICIAL = "official"
    SUPERVISOR = "supervisor"
    HEAD = "head"


class ChannelKind(StrEnum):
    """How an outside body is reached."""

    PHONE = "phone"
    WHATSAPP = "whatsapp"
    WEB = "web"
    APP = "app"
    EMAIL = "email"
    COUNTER = "counter"


class LeaveKind(StrEnum):
    """Why an official is away; told to nobody but the official and who stands above."""

    ANNUAL = "annual"
    SICK = "sick"
    DUTY_TRAVEL = "duty_travel"
    TRAINING = "training"
    OTHER = "other"


class LeaveState(StrEnum):
    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    CANCELLED = "cancelled"  # before its first day


INSPECTORATE = "inspektorat"  # the agency kind that handles matters of supervisory weight
LADDER = (
    Rank.OFFICIAL,
    Rank.SUPERVISOR,
    Rank.HEAD,
)  # who is asked first when a matter arrives

RETROACTIVE_DAYS = 60  # sick leave is told afterwards; older absences are the personnel office's matter
LONGEST_LEAVE_DAYS = 366
LEAVE_NOTE_LENGTH = 4000


def stand_in(
    official_id: int,
    *,
    away: Mapping[int, int | None],
    standing: Mapping[int, Sequence[int]],
    may: Callable[[int], bool],
) -> int | None:
    """Who acts for somebody who is away: the substitute of this leave, else a standing one; where these are
    away too, theirs in turn. `away` maps everybody on leave to the substitute named for it, `may` says who
    is fit. None when nobody is there; substitutes who name each other in a circle end there too.
    """
    asked, line = {official_id}, [official_id]
    for one in line:
        for substitute in (away.get(one), *standing.get(one, ())):
            if substitute is None or substitute in asked:
                continue
            asked.add(substitute)
            if substitute in away:
                line.append(substitute)
            elif may(substitute):
                return substitute
    return None
