"""What an assignment is about registers here: it is told what happens to the duty, and told nothing else.

An assignment knows only the name of its owner ("report", "thread", "idea"): whoever handles it sees what
the owner tells of it as a `Brief`, and need not care where it came from.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from portal.assignments.models import Assignment, Response
from portal.assignments.steps import Words
from portal.deadlines.hooks import Moved


@dataclass(frozen=True, kw_only=True)
class Said:
    """Something that residents said about the matter after it became a duty; `text` as it was typed."""

    at: datetime
    who: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Brief:
    """What its handlers read of a matter: `kind` names it ("Pertanyaan forum"), `text` is as typed, `facts`
    are terms with their values, `photos` as `ui.photos` takes them. `marks` are tags that its handlers must
    see before they answer (beside bidang and wilayah, which every duty shows); `earlier_clock_ids` are clocks
    that the matter ran on before it became a duty; `html` is the text as its own page shows it, where it is
    Markdown; `point` is where it is, as exactly as it was told (latitude, longitude)."""

    kind: str
    text: str
    author: str
    facts: Sequence[tuple[str, str]] = ()
    photos: Sequence[Mapping[str, Any]] = ()
    said: Sequence[Said] = ()
    marks: Sequence[tuple[str, str | None]] = ()
    earlier_clock_ids: Sequence[int] = ()
    html: str = ""
    point: tuple[float, float] | None = None


@dataclass(frozen=True, kw_only=True)
class Owner:
    """`label` names where a matter comes from in a word or two ("Forum"); `endpoint` is its public page,
    called with `number`; `brief` tells what it is about.

    The callbacks run inside the transaction of the change: `responded` after every response that is
    no internal note, then `resolved` or `refused` when it ended the duty; `moved` when another agency
    or official has the duty from now on.

    `outcomes` are what an answer must choose from (a code and its name), when it must. `answer_endpoint`
    is the owner's own page, called with `number`, when the answer is written there and not on the desk.
    `has_resident` is false where nobody brought the matter who could be asked or be refused.
    `deadline_endpoint` is the page that explains the due times, where the owner has its own.
    `events` tells the owner's own events, by kind, where handlers should read them in the timeline.
    `due_moved` is called when another calendar or policy moved due times, for the resident to be told.
    `dispute_decided` is called when moderators reopened (state OPEN) or closed a second dispute.
    `overturned` is called when moderators undid a refusal, and the duty lives again. `reminded` is called
    when a verdict on the answer is awaited (with the moment until when, and a key for that reminder),
    `fell_silent` when nobody gave one and the duty ended for it.
    `corrected` is called when the duty was put under another category or area. `is_hidden` is true while
    moderators keep the matter from the public, `is_own` where this request comes from whoever brought it;
    `own_endpoint` is their page, where it is not the public one.
    """

    label: Any
    endpoint: str
    brief: Callable[[Assignment], Brief]
    responded: Callable[[Assignment, Response], None]
    resolved: Callable[[Assignment, Response], None]
    refused: Callable[[Assignment, Response], None]
    moved: Callable[[Assignment, datetime], None]
    outcomes: Mapping[str, Any] = field(default_factory=dict)
    answer_endpoint: str | None = None
    has_resident: bool = True
    deadline_endpoint: str = "duties.deadline"
    events: Mapping[str, Words] = field(default_factory=dict)
    dispute_decided: Callable[[Assignment, datetime], None] = lambda assignment, at: None
    overturned: Callable[[Assignment, Response, datetime], None] = lambda assignment, response, at: None
    reminded: Callable[[Assignment, str, datetime], None] = lambda assignment, key, at: None
    fell_silent: Callable[[Assignment, datetime], None] = lambda assignment, at: None
    corrected: Callable[[Assignment, datetime], None] = lambda assignment, at: None
    is_hidden: Callable[[Assignment], bool] = lambda assignment: False
    is_own: Callable[[Assignment], bool] = lambda assignment: False
    own_endpoint: str | None = None
    due_moved: Callable[[Assignment, Moved, datetime], None] = lambda assignment, moved, at: None


_owners: dict[str, Owner] = {}


def register(origin: str, owner: Owner) -> None:
    """Called once per origin at app start."""
    _owners[origin] = owner


def of(assignment: Assignment) -> Owner:
    """The owner of an assignment. Raises KeyError when its feature did not register."""
    return _owners[assignment.origin]


def with_resident() -> list[str]:
    """Origins of what residents bring, and wait for."""
    return [origin for origin, owner in _owners.items() if owner.has_resident]


def labels() -> dict[str, str]:
    """Every origin with its name."""
    return {origin: str(owner.label) for origin, owner in _owners.items()}


def subject(assignment: Assignment) -> str:
    """The matter's name in the public record, e.g. "report:MDN-26-000123"."""
    return f"{assignment.origin}:{assignment.number}"
