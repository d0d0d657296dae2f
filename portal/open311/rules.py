"""What GeoReport v2 asks of us, as far as it is ours to say: limits, keys, names and words."""

import hashlib
import math
from dataclasses import dataclass

BODY_BYTES = 256 * 1024  # no photo comes along, and the longest story has 8,000 letters
KEY_BYTES = 32
KEY_BEGINS = "bw_"  # so that a key that was published by mistake can be found
REFERENCE_LENGTH = 200
NAME_LENGTH, PHONE_LENGTH = 120, 40
HOURLY_LIMIT, DAILY_LIMIT = 60, 300  # of a new client
WRONG_KEYS = "30 per minute"  # of one internet address
TITLE_ENDS = ".!?\n"
YES = frozenset({"true", "1", "yes", "ya"})
FORMATS = ("json", "xml")


@dataclass(frozen=True)
class Fault:
    """One entry of an error answer: the code of the specification, which is the HTTP status, and why."""

    code: int
    description: str


class Refused(Exception):
    """The request cannot be served, and why; `wait` is in seconds."""

    def __init__(self, status: int, *descriptions: str, wait: int | None = None) -> None:
        super().__init__(*descriptions)
        self.status = status
        self.faults = [Fault(status, str(one)) for one in descriptions]
        self.wait = wait


def key_digest(key: str) -> str:
    """What is kept of a key. A drawn key has 256 bits, so a plain digest cannot be turned back."""
    return hashlib.sha256(key.encode()).hexdigest()


def is_yes(given: str) -> bool:
    return given.casefold() in YES


def title_of(description: str, *, longest: int) -> str:
    """The first sentence, cut between words where it is too long: the specification knows no title."""
    text = description.strip()
    ends = [place for sign in TITLE_ENDS if (place := text.find(sign)) > 0]
    first = " ".join(text[: min(ends, default=len(text))].split())
    if len(first) <= longest:
        return first
    return first[:longest].rsplit(" ", 1)[0][: longest - 1] + "…"


def degrees(given: str, *, most: float) -> float | None:
    """A coordinate; None where it is none."""
    try:
        found = float(given)
    except ValueError:
        return None
    return found if math.isfinite(found) and abs(found) <= most else None
