"""Positions in an agency."""

from enum import StrEnum


class Rank(StrEnum):
    """A position, from which the escalation ladder is climbed: it belongs to the office, not the person."""

    OFFICIAL = "official"
    SUPERVISOR = "supervisor"
    HEAD = "head"
