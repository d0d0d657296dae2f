"""One step of the story of a matter, ready for `ui.event`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.ledger.models import Event


@dataclass(frozen=True, kw_only=True)
class Link:
    """Where a step leads on; without `url` it is only read."""

    label: str
    url: str | None
    icon: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that happened. `body` is what somebody said, empty where it is not for this reader."""

    title: str
    at: datetime
    who: str = ""
    badge: str = ""
    tone: str | None = None
    note: str = ""
    body: str = ""
    links: Sequence[Link] = ()  # whom to ask instead, or what it repeats
    response_id: int | None = None  # of what the handling side said
    photos: Sequence[Any] = ()  # evidence, as `ui.evidence` takes it


Words = Callable[[Event], Step]


def plain(sentence: Callable[[], str], tone: str | None = None) -> Words:
    """Tells an event in one sentence."""
    return lambda event: Step(title=sentence(), at=event.at, tone=tone)
