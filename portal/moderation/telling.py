"""Decisions in words: without a person, and without a word of what was hidden."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from portal.moderation.labels import ACTION, KIND, REASON
from portal.moderation.models import Decision
from portal.moderation.rules import HIDING, Action

ENDPOINTS = {
    "report": "reports.show",
    "thread": "forum.show",
    "post": "forum.permalink",
    "idea": "ideas.show",
    "comment": "comments.show",
    "pin": "pins.show",
}
TONES = {Action.KEPT: "met", Action.RESTORED: "met"}


@dataclass(frozen=True)
class Line:
    """One decision as the public log tells it."""

    title: str
    number: str
    url: str
    at: datetime
    tone: str | None
    reason: str


def address(subject: str) -> str:
    """The public page of a thing, as its subject in the record names it."""
    kind, _, number = subject.partition(":")
    return url_for(ENDPOINTS[kind], number=number)


def line(decision: Decision) -> Line:
    kind, _, number = decision.item.subject.partition(":")
    return Line(
        title=f"{KIND[kind]}: {ACTION[decision.action]}",
        number=number,
        url=address(decision.item.subject),
        at=decision.at,
        tone="late" if decision.action in HIDING else TONES.get(decision.action),
        reason=str(REASON[decision.reason]) if decision.reason else "",
    )
