"""What can be read of projects: one of them, the list, what is open now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import abort
from sqlalchemy import Select, exists, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from portal import config
from portal.accounts.models import User
from portal.db import db
from portal.places.models import Area
from portal.places.rules import Level
from portal.projects import rules
from portal.projects.models import Phase, Project, ProjectChange, ProjectFollower
from portal.projects.rules import PhaseKind

PAGE_SIZE = 20
MOST_CHANGES = 500  # each with a reason that somebody typed: the history is shown whole


def project_or_404(slug: str) -> Project:
    """A public project with its agency, official and phases; those who run it reach one that is not yet
    public by `draft_or_404`."""
    project = _by_slug(slug)
    if project is None or project.published_at is None:
        abort(404)
    return project


def draft_or_404(slug: str) -> Project:
    """A project whether public or not; who may see it is the caller's question."""
    return _by_slug(slug) or abort(404)


def _by_slug(slug: str) -> Project | None:
    return db.session.scalar(_whole().where(Project.slug == slug))


def _whole() -> Select[Project]:
    """A project with what its frame shows."""
    return select(Project).options(
        joinedload(Project.agency),
        joinedload(Project.official),
        joinedload(Project.area),
        joinedload(Project.cover),
        selectinload(Project.phases),
    )


def open_phase(project: Project, kind: PhaseKind, at: datetime) -> Phase | None:
    """The phase of that kind in which residents can act at that moment, or None."""
    return rules.open_phase(kind, project.phases, at, config.current().zone)


def is_following(project: Project, user: User) -> bool:
    followed = exists().where(ProjectFollower.project_id == project.id, ProjectFollower.user_id == user.id)
    return bool(db.session.scalar(select(followed)))


def changes_of(project: Project) -> Sequence[ProjectChange]:
    """Changes of dates and facts, newest first."""
    return db.session.scalars(
        select(ProjectChange)
        .options(joinedload(ProjectChange.phase))
        .where(ProjectChange.project_id == project.id)
        .order_by(ProjectChange.id.desc())
        .limit(MOST_CHANGES)
    ).all()


@dataclass(frozen=True)
class Page:
    """Projects in their order; `older` leads to the next page, None when this is the last."""

    projects: Sequence[Project]
    older: int | None = None


def page(before: int | None = None) -> Page:
    """Public projects with their phases, the newest first."""
    query = _whole().where(Project.published_at.is_not(None)).order_by(Project.id.desc())
    if before is not None:
        query = query.where(Project.id < before)
    found = db.session.scalars(query.limit(PAGE_SIZE + 1)).all()
    if len(found) <= PAGE_SIZE:
        return Page(found)
    return Page(found[:PAGE_SIZE], older=found[PAGE_SIZE - 1].id)


def open_now(at: datetime, limit: int) -> Sequence[Phase]:
    """Phases of public projects in which residents can do something, with their projects; the one that
    closes first stands first."""
    day = rules.local_day(at, config.current().zone)
    return db.session.scalars(
        select(Phase)
        .join(Phase.project)
        .options(contains_eager(Phase.project))
        .where(Project.published_at.is_not(None), Phase.opens_on <= day, Phase.closes_on >= day)
        .where(Phase.kind.in_(rules.FOR_RESIDENTS))
        .order_by(Phase.closes_on, Phase.id)
        .limit(limit)
    ).all()


def areas() -> list[tuple[str, str]]:
    """Kecamatan and kelurahan by name, as (code, name)."""
    parent = aliased(Area)
    rows = db.session.execute(
        select(Area.code, Area.name, Area.level, parent.name)
        .outerjoin(parent, parent.code == Area.parent_code)
        .where(Area.level.in_((Level.DISTRICT, Level.VILLAGE)))
        .order_by(Area.name, Area.code)
    )
    return [
        (code, f"{name}, {above}" if level == Level.VILLAGE and above else name)
        for code, name, level, above in rows
    ]
