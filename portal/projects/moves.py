"""What keeps the dates of a phase signs in here, and hears before they change."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from portal.projects.models import Phase


@dataclass(frozen=True, slots=True)
class Move:
    """A phase that still has its former days, and the days that it will have."""

    phase: Phase
    opens_on: date
    closes_on: date
    at: datetime


Hearer = Callable[[Move], None]
_hearers: list[Hearer] = []


def hears(hearer: Hearer) -> Hearer:
    """Signs in a function that goes along with a move; it may refuse it by a DomainError."""
    _hearers.append(hearer)
    return hearer


def announce(move: Move) -> None:
    for hearer in _hearers:
        hearer(move)
