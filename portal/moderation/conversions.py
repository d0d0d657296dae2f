"""Turn what was said in the forum into a report or an idea; supporters come along, writers are told."""

from collections.abc import Sequence
from datetime import datetime

from portal.accounts.models import User
from portal.errors import DomainError
from portal.forum import queries as forum
from portal.forum import services as forum_services
from portal.forum.models import Post, Thread
from portal.i18n import _l
from portal.projects import queries as projects
from portal.projects.ideas import services as ideas
from portal.projects.ideas.models import Idea
from portal.projects.models import Phase, Project
from portal.projects.rules import PhaseKind
from portal.reports import services as reports
from portal.reports.models import Report
from portal.reports.rules import ReportKind
from portal.reports.services import Filing

PROJECTS_OFFERED = 50


def to_report(
    thing: Thread | Post, *, kind: ReportKind, title: str, category_code: str, at: datetime
) -> Report:
    """A report by the same writer, which goes the way of every report; supporters have it too."""
    opening, thread, author = _parts(thing)
    filing = Filing(
        kind=kind,
        title=title,
        body=opening.body,
        category_code=category_code,
        area_code=thread.area_code,
        name=author.name,
        language=author.language,
    )
    report = reports.file_report(filing, by=author, at=at)
    for supporter in _supporters(opening, author):
        reports.support(report, by=supporter, at=at)
    forum_services.turn_into(thing, f"report:{report.number}", at=at)
    return report


def to_idea(thing: Thread | Post, *, title: str, project: Project, at: datetime) -> Idea:
    """An idea of the same writer for a project that collects them now; supporters support it there."""
    opening, thread, author = _parts(thing)
    idea = ideas.give(
        project,
        title=title,
        body=opening.body,
        place="",
        area_code=thread.area_code,
        by=author,
        at=at,
        origin=thing.subject,
    )
    ideas.add_supporters(idea, [one.id for one in _supporters(opening, author)], at=at)
    forum_services.turn_into(thing, idea.subject, at=at)
    return idea


def collecting(at: datetime) -> Sequence[Phase]:
    """The phases of projects that take ideas now."""
    return [one for one in projects.open_now(at, PROJECTS_OFFERED) if one.kind == PhaseKind.COLLECT]


def _parts(thing: Thread | Post) -> tuple[Post, Thread, User]:
    """What it says, where that stands, and who said it; held, so that it is turned into one thing only.

    What the city said through a duty has nothing to become.
    """
    forum_services.claim_to_turn(thing)
    opening = forum.opening_of(thing) if isinstance(thing, Thread) else thing
    if opening.author is None or opening.response_id is not None:
        raise DomainError(_l("Jawaban resmi tidak dapat dijadikan laporan atau gagasan."))
    return opening, opening.thread, opening.author


def _supporters(post: Post, author: User) -> list[User]:
    return [one for one in forum.supporters(post) if one.id != author.id]
