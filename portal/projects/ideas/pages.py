"""What the pages of ideas show, made ready for their templates."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import url_for

from portal.assignments import clocks, exhibits, refusal_words, standing
from portal.assignments.exhibits import Exhibit, Reader
from portal.deadlines.presentation import ClockValue
from portal.i18n import _l, format_number, ngettext
from portal.projects import queries as projects
from portal.projects.comments import queries as comments
from portal.projects.ideas import fates, photos, policy, queries
from portal.projects.ideas.labels import STATUS, TONE
from portal.projects.ideas.models import Idea
from portal.projects.ideas.rules import IdeaStatus, Sort
from portal.projects.models import Project
from portal.projects.rules import PhaseKind
from portal.surveys import verdicts

TONES = {"late": "late", "waiting": "wait"}  # how a clock's tone reads in a row
SORTS = ((Sort.NEWEST, _l("Terbaru")), (Sort.SUPPORTED, _l("Paling banyak didukung")))


@dataclass(frozen=True)
class Line:
    """An idea in a list."""

    title: str
    url: str
    meta: list[str]
    left: str
    tone: str | None
    days: Any = None
    thumb: str | None = None


@dataclass(frozen=True)
class Story:
    """One of the reader's own ideas, with what became of it."""

    idea: Idea
    status: Any
    tone: str | None
    told: list[fates.Fate] = field(default_factory=list)


def lines(rows: Sequence[Any], at: datetime) -> list[Line]:
    """Rows of a list, each with the clock of its status; two more statements."""
    shown = clocks.of_rows({row.id: row.clock_id for row in rows if row.status == IdeaStatus.WAITING}, at)
    pattern = url_for("ideas.show", number="NUMBER")
    return [_line(row, pattern.replace("NUMBER", f"I-{row.id}"), shown.get(row.id)) for row in rows]


def supporters(count: int) -> str:
    return ngettext("%(count)s pendukung", "%(count)s pendukung", count, count=format_number(count))


def show(idea: Idea, after: int, at: datetime) -> dict[str, Any]:
    """Values of an idea's page."""
    stands, events = policy.stands(idea), fates.events([idea])
    shown = clocks.of(idea.assignment, at) if idea.assignment and stands else []
    return {
        "idea": idea,
        "stands": stands,
        "status": STATUS[idea.status],
        "tone": TONE.get(idea.status),
        "supporters": supporters(idea.supporter_count),
        "can_be_supported": policy.is_undecided(idea),
        "clocks_shown": shown,
        "standing": standing.of(idea.assignment, clocks=shown, events=events) if idea.assignment else [],
        "photos": [photos.shown(one) for one in queries.photos_of(idea)] if stands else [],
        "grounds": refusal_words.note(idea.status_response) if idea.status_response else "",
        "grounds_links": refusal_words.links(idea.status_response) if idea.status_response else [],
        "evidence": _evidence(idea) if stands else [],
        "talk": comments.of(idea.subject, after=after),
        "told": [fates.tell(event) for event in events],
    }


def _evidence(idea: Idea) -> list[Exhibit]:
    """Photos that came with the status, with the author's way to dispute them."""
    return exhibits.of(idea.status_response, idea.number, Reader.EVERYBODY) if idea.status_response else []


def own(ideas: Sequence[Idea]) -> list[Story]:
    """The reader's ideas, newest first."""
    told = fates.of(ideas)
    return [Story(one, STATUS[one.status], TONE.get(one.status), told[one.subject]) for one in ideas]


def _line(row: Any, url: str, clock: ClockValue | None) -> Line:
    meta = [row.author, row.area or ""]
    if row.supporter_count:
        meta.append(supporters(row.supporter_count))
    if row.comment_count:
        count = row.comment_count
        meta.append(ngettext("%(count)s komentar", "%(count)s komentar", count, count=format_number(count)))
    return Line(
        title=row.title,
        url=url,
        meta=[part for part in meta if part],
        left=clock.headline if clock else _left(row.status),
        tone=TONES.get(clock.tone) if clock else TONE.get(row.status),
        days=clock.days if clock else None,
        thumb=url_for("attachments.small", token=row.photo) if row.photo else None,
    )


def _left(status: IdeaStatus) -> str:
    """While ideas are collected nothing is owed, so nothing is said."""
    return "" if status == IdeaStatus.WAITING else str(STATUS[status])


def supported(rows: Sequence[Any]) -> list[Line]:
    """Ideas of others that the reader supports."""
    pattern = url_for("ideas.show", number="NUMBER")
    return [
        Line(
            title=row.title,
            url=pattern.replace("NUMBER", f"I-{row.id}"),
            meta=[],
            left=str(STATUS[row.status]),
            tone=TONE.get(row.status),
        )
        for row in rows
    ]


def own_doors(idea: Idea, at: datetime) -> dict[str, bool]:
    """What the author of an idea can do now."""
    duty = idea.assignment
    return {
        "may_edit": policy.may_edit(idea.author, idea, at),
        "may_withdraw": policy.may_withdraw(idea.author, idea),
        "may_judge": duty is not None and verdicts.may_judge(duty),
        "is_asked": duty is not None and duty.clock.paused_at is not None,
    }


def is_collecting(project: Project, at: datetime) -> bool:
    return projects.open_phase(project, PhaseKind.COLLECT, at) is not None
