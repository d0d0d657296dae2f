"""What can be done on a building site: plan, move and finish milestones, name obstacles, show photos."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from sqlalchemy import func, select

from portal import config
from portal.attachments import services as attachments
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l
from portal.ledger import services as ledger
from portal.projects import record
from portal.projects import rules as projects
from portal.projects.building.models import Milestone, MonthlyReport, Obstacle, SitePhoto, Slip
from portal.projects.ideas.models import Idea
from portal.projects.models import Project
from portal.projects.voting.models import VoteChoice


@dataclass(frozen=True, kw_only=True)
class Work:
    """A milestone as it was typed; `weight` is its share of the whole."""

    title: str
    description: str = ""
    weight: int = 1
    ideas: Collection[Idea] = ()
    choice: VoteChoice | None = None


def plan_milestone(project: Project, work: Work, *, planned_on: date, at: datetime) -> Milestone:
    """Add a piece of work. The day that is planned first stays on the page for good."""
    milestone = Milestone(
        project=project,
        position=_next_position(project),
        first_planned_on=planned_on,
        planned_on=planned_on,
        title="",
    )
    _write(milestone, work, at=at)
    db.session.flush()
    _record(milestone, "milestone_planned", at, planned=planned_on.isoformat())
    return milestone


def edit_milestone(milestone: Milestone, work: Work, *, at: datetime) -> None:
    """Change what it is called, what it weighs and what it makes real; its dates have verbs of their own."""
    _write(milestone, work, at=at)
    _record(milestone, "milestone_edited", at, weight=milestone.weight)


def _write(milestone: Milestone, work: Work, *, at: datetime) -> None:
    before = ideas_of(milestone) if milestone.id else set()
    milestone.title, milestone.description = work.title.strip(), work.description.strip()
    milestone.weight = work.weight
    milestone.ideas, milestone.choice = sorted(work.ideas, key=lambda idea: idea.id), work.choice
    db.session.add(milestone)
    db.session.flush()
    for idea in sorted(ideas_of(milestone) - before, key=lambda idea: idea.id):
        _tell_idea(idea, "idea_in_milestone", milestone, at)


def ideas_of(milestone: Milestone) -> set[Idea]:
    """The ideas that it makes real: named beside it, or behind the choice that won."""
    chosen = milestone.choice.idea if milestone.choice else None
    return {*milestone.ideas, *([chosen] if chosen else [])}


def move(milestone: Milestone, *, to_on: date, reason: str, at: datetime) -> Slip:
    """Plan another day. The reason is public and the former day stays in the history."""
    if milestone.actual_on is not None:
        raise DomainError(_l("Pekerjaan ini sudah selesai."), field="on")
    if to_on == milestone.planned_on:
        raise DomainError(_l("Tanggalnya masih sama."), field="on")
    if not reason.strip():
        raise DomainError(_l("Tulis alasannya. Warga membacanya di halaman rencana ini."), field="reason")
    slip = Slip(
        milestone=milestone, was_on=milestone.planned_on, became_on=to_on, reason=reason.strip(), at=at
    )
    db.session.add(slip)
    milestone.planned_on = to_on
    _record(milestone, "milestone_moved", at, was=slip.was_on.isoformat(), became=to_on.isoformat())
    return slip


def finish(milestone: Milestone, *, on: date | None, at: datetime) -> None:
    """It was done on that day; None takes a mistake back. Progress follows by itself."""
    if on is not None and on > _today(at):
        raise DomainError(_l("Tanggal selesai tidak boleh di masa depan."), field="on")
    if on == milestone.actual_on:
        return
    milestone.actual_on = on
    if on is None:
        _record(milestone, "milestone_reopened", at)
        return
    _record(milestone, "milestone_done", at, done=on.isoformat(), planned=milestone.planned_on.isoformat())
    for idea in sorted(ideas_of(milestone), key=lambda idea: idea.id):
        _tell_idea(idea, "idea_built", milestone, at)


def name_obstacle(
    project: Project, *, body: str, since_on: date, milestone: Milestone | None = None, at: datetime
) -> Obstacle:
    """Say what stands in the way, and since when."""
    if since_on > _today(at):
        raise DomainError(_l("Kendala tidak boleh mulai di masa depan."), field="since_on")
    obstacle = Obstacle(project=project, milestone=milestone, body=body.strip(), since_on=since_on)
    obstacle.resolution = ""
    db.session.add(obstacle)
    db.session.flush()
    record.write(project, "obstacle_named", at=at, obstacle=obstacle.id, since=since_on.isoformat())
    return obstacle


def resolve_obstacle(obstacle: Obstacle, *, on: date, how: str, at: datetime) -> None:
    """It is out of the way; how is said in public."""
    if not how.strip():
        raise DomainError(_l("Tulis bagaimana kendala ini teratasi."), field="resolution")
    if not obstacle.since_on <= on <= _today(at):
        raise DomainError(_l("Pilih tanggal antara awal kendala dan hari ini."), field="on")
    obstacle.resolved_on, obstacle.resolution = on, how.strip()
    record.write(obstacle.project, "obstacle_resolved", at=at, obstacle=obstacle.id, resolved=on.isoformat())


def show_photo(
    about: Milestone | Obstacle | MonthlyReport,
    stream: BinaryIO,
    *,
    caption: str,
    alt: str,
    taken_on: date,
    at: datetime,
) -> SitePhoto:
    """Keep a photo as evidence. Whoever does not see it needs the words."""
    if not alt.strip():
        raise DomainError(
            _l("Tulis apa yang terlihat di foto, untuk warga yang tidak dapat melihatnya."), field="alt"
        )
    if taken_on > _today(at):
        raise DomainError(_l("Tanggal foto tidak boleh di masa depan."), field="taken_on")
    photo = SitePhoto(
        project_id=about.project_id,
        attachment=attachments.keep_image(stream, at),
        caption=caption.strip(),
        alt=alt.strip(),
        taken_on=taken_on,
    )
    match about:
        case Milestone():
            photo.milestone_id = about.id
        case Obstacle():
            photo.obstacle_id = about.id
        case MonthlyReport():
            about.photos.append(photo)
    db.session.add(photo)
    db.session.flush()
    record.write(about.project, "site_photo_shown", at=at, photo=photo.id)
    return photo


def remove_photo(photo: SitePhoto, project: Project, *, at: datetime) -> None:
    """Take a photo back, e.g. because somebody can be recognised in it."""
    attachment = photo.attachment
    record.write(project, "site_photo_removed", at=at, photo=photo.id)
    db.session.delete(photo)
    db.session.flush()
    attachments.remove(attachment)


def _next_position(project: Project) -> int:
    last = select(func.max(Milestone.position)).where(Milestone.project_id == project.id)
    return (db.session.scalar(last) or 0) + 1


def _today(at: datetime) -> date:
    return projects.local_day(at, config.current().zone)


def _record(milestone: Milestone, kind: str, at: datetime, **details: object) -> None:
    """The number that the page shows stands in the record, not the title."""
    record.write(milestone.project, kind, at=at, number=milestone.position, **details)


def _tell_idea(idea: Idea, kind: str, milestone: Milestone, at: datetime) -> None:
    ledger.record(
        kind, subject=idea.subject, at=at, project=milestone.project.slug, number=milestone.position
    )
