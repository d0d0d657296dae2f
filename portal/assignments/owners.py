"""What an assignment is about registers here: it is told what happens to the duty, and told nothing else.

An assignment knows only the name of its owner ("report"), so that threads and projects can own one too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from portal.assignments.models import Assignment, Response


@dataclass(frozen=True, kw_only=True)
class Owner:
    """`endpoint` is the matter's public page, called with `number`.

    The callbacks run inside the transaction of the change: `responded` after every response that is
    no internal note, then `resolved` or `refused` when it ended the duty; `moved` when another agency
    or official has the duty from now on.
    """

    endpoint: str
    responded: Callable[[Assignment, Response], None]
    resolved: Callable[[Assignment, Response], None]
    refused: Callable[[Assignment, Response], None]
    moved: Callable[[Assignment, datetime], None]


_owners: dict[str, Owner] = {}


def register(origin: str, owner: Owner) -> None:
    """Called once per origin at app start."""
    _owners[origin] = owner


def of(assignment: Assignment) -> Owner:
    """The owner of an assignment. Raises KeyError when its feature did not register."""
    return _owners[assignment.origin]


def subject(assignment: Assignment) -> str:
    """The matter's name in the public record, e.g. "report:MDN-26-000123"."""
    return f"{assignment.origin}:{assignment.number}"
