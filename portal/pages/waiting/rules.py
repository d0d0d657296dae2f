"""How pressing something is that waits for somebody."""

from dataclasses import dataclass
from enum import IntEnum


class Pressing(IntEnum):
    """From the most to the least pressing."""

    LATE = 0
    TODAY = 1
    ASKED = 2  # somebody cannot go on without this person
    SOON = 3
    NEWS = 4


TONES = {Pressing.LATE: "late", Pressing.TODAY: "wait"}


@dataclass(frozen=True)
class Wait:
    """One thing to do, as a sentence that leads to where it is done."""

    text: str
    url: str
    pressing: Pressing
    note: str = ""

    @property
    def tone(self) -> str | None:
        return TONES.get(self.pressing)
