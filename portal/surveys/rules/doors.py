"""How people come to a survey, and when they are reminded."""

from enum import StrEnum

REMIND_AFTER_DAYS = 7  # once; a second reminder brings few more answers and much annoyance


class Door(StrEnum):
    """The response rate knows only the invited; whoever comes through the open door is counted apart."""

    INVITED = "invited"
    OPEN = "open"
