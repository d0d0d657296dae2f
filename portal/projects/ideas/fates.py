"""What became of an idea: its events, told to whoever gave it.

Plans, votes and buildings record events on an idea's name ("idea:I-1") and sign in their words here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.assignments import timeline
from portal.i18n import _
from portal.ledger.models import Event
from portal.projects.ideas import queries
from portal.projects.ideas.labels import STATUS, TONE
from portal.projects.ideas.models import Idea
from portal.projects.ideas.rules import IdeaStatus


@dataclass(frozen=True, slots=True)
class Fate:
    """One thing that happened to an idea."""

    at: datetime
    title: str
    url: str | None = None
    tone: str | None = None
    note: str = ""


Words = Callable[[Mapping[str, Any]], tuple[str, str | None]]
_words: dict[str, Words] = {}


def tells(kind: str) -> Callable[[Words], Words]:
    """Signs in the words for a kind of event on an idea: from its details a sentence and an address."""

    def sign_in(words: Words) -> Words:
        if kind in _words:
            raise ValueError(f"two functions tell {kind}")
        _words[kind] = words
        return words

    return sign_in


def of(ideas: Sequence[Idea]) -> dict[str, list[Fate]]:
    """The story of each idea by its name, oldest first; one statement for all."""
    stories: dict[str, list[Fate]] = {one.subject: [] for one in ideas}
    for event in events(ideas):
        stories[event.subject].append(tell(event))
    return stories


def events(ideas: Sequence[Idea]) -> Sequence[Event]:
    """All lines of some ideas that have words here, or are a duty's."""
    return queries.events_of(ideas, {*_words, *timeline.KINDS}) if ideas else []


def tell(event: Event) -> Fate:
    """In the words of ideas where there are any, else in those of every duty."""
    if event.kind in _words:
        title, url = _words[event.kind](event.details)
        return Fate(event.at, title, url, _tone(event))
    [step] = timeline.told([event], {**timeline.SAID, **timeline.EVENTS}, None)
    return Fate(event.at, step.title, tone=step.tone, note=step.note)


def _tone(event: Event) -> str | None:
    outcome = event.details.get("outcome")
    return TONE.get(IdeaStatus(outcome)) if outcome in set(IdeaStatus) else None


@tells("idea_given")
def _given(details: Mapping[str, Any]) -> tuple[str, str | None]:
    return _("Gagasan diberikan."), None


@tells("disposed")
def _disposed(details: Mapping[str, Any]) -> tuple[str, str | None]:
    return _("Pengumpulan ditutup; petugas wajib memberi status dengan alasan."), None


@tells("asked")
def _asked(details: Mapping[str, Any]) -> tuple[str, str | None]:
    return _("Petugas bertanya kepada pemberi gagasan."), None


@tells("answered")
def _answered(details: Mapping[str, Any]) -> tuple[str, str | None]:
    status = STATUS[IdeaStatus(details["outcome"])]
    return _("Status: %(status)s.", status=status), None


@tells("refused")
def _refused(details: Mapping[str, Any]) -> tuple[str, str | None]:
    return _("Status: %(status)s.", status=STATUS[IdeaStatus.REJECTED]), None


@tells("reopened")
def _reopened(details: Mapping[str, Any]) -> tuple[str, str | None]:
    return _("Pemberi gagasan meminta ditinjau ulang."), None


@tells("idea_withdrawn")
def _withdrawn(details: Mapping[str, Any]) -> tuple[str, str | None]:
    return _("Gagasan ditarik oleh pemberinya."), None
