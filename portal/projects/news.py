"""What happened in a project, in words: its events, as the summary and the feed tell them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import select

from portal.db import db
from portal.i18n import _
from portal.ledger.models import Event
from portal.projects import labels
from portal.projects.models import Phase, Project
from portal.projects.rules import PhaseKind

LATEST = 8
FEED_LENGTH = 50


@dataclass(frozen=True, slots=True)
class News:
    """One line of news; `event_id` names it for good."""

    event_id: int
    at: datetime
    title: str
    url: str


Words = Callable[[Project, Mapping[str, Any]], tuple[str, str]]
_words: dict[str, Words] = {}


def tells(kind: str) -> Callable[[Words], Words]:
    """Signs in the words for a kind of event on a project's subject: its sentence and its address."""

    def sign_in(words: Words) -> Words:
        if kind in _words:
            raise ValueError(f"two functions tell {kind}")
        _words[kind] = words
        return words

    return sign_in


def latest(project: Project, *, limit: int = LATEST) -> list[News]:
    """The newest lines, newest first; kinds of event that nobody tells are left out."""
    events = db.session.scalars(
        select(Event)
        .where(Event.subject == project.subject, Event.kind.in_(list(_words)))
        .order_by(Event.at.desc(), Event.id.desc())
        .limit(limit)
    ).all()
    return list(_told(project, events))


def _told(project: Project, events: Iterable[Event]) -> Iterable[News]:
    for event in events:
        title, url = _words[event.kind](project, event.details)
        yield News(event.id, event.at, title, url)


@tells("project_published")
def _published(project: Project, details: Mapping[str, Any]) -> tuple[str, str]:
    return _("Rencana ini dibuka untuk umum."), _summary(project)


@tells("phase_opened")
def _opened(project: Project, details: Mapping[str, Any]) -> tuple[str, str]:
    return _('Tahap "%(phase)s" dibuka.', phase=_phase(project, details)), _summary(project)


@tells("phase_closed")
def _closed(project: Project, details: Mapping[str, Any]) -> tuple[str, str]:
    return _('Tahap "%(phase)s" ditutup.', phase=_phase(project, details)), _summary(project)


@tells("phase_dates_changed")
def _dates_changed(project: Project, details: Mapping[str, Any]) -> tuple[str, str]:
    title = _("Jadwal tahap %(phase)s diubah.", phase=_phase(project, details))
    return title, url_for("projects.changes", slug=project.slug)


@tells("project_facts_changed")
def _facts_changed(project: Project, details: Mapping[str, Any]) -> tuple[str, str]:
    return _("Keterangan rencana diperbarui."), url_for("projects.changes", slug=project.slug)


def _summary(project: Project) -> str:
    return url_for("projects.show", slug=project.slug)


def _phase(project: Project, details: Mapping[str, Any]) -> Any:
    """The phase as it is called today; one that was taken out again by its kind."""
    found: Phase | None = next((one for one in project.phases if one.id == details.get("phase")), None)
    return labels.name(found) if found else labels.KIND[PhaseKind(details["kind"])]
