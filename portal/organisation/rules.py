"""Positions in an agency."""

from enum import StrEnum


class Rank(StrEnum):
    """A position, from which the escalation ladder is climbed: it belongs to the office, not the person."""

    OFFICIAL = "official"
    SUPERVISOR = "supervisor"
    HEAD = "head"


INSPECTORATE = "inspektorat"  # the agency kind that handles matters of supervisory weight
LADDER = (
    Rank.OFFICIAL,
    Rank.SUPERVISOR,
    Rank.HEAD,
)  # who is asked first when a matter arrives
