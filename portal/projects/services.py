"""What can be done with a project: found it, change its facts, its phases and their dates, follow it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from portal import config, markdown
from portal.accounts.models import User
from portal.attachments.models import Attachment
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l
from portal.jobs import services as jobs
from portal.organisation.models import Official
from portal.projects import moves, record, rules
from portal.projects.models import Phase, Project, ProjectChange, ProjectFollower
from portal.projects.moves import Move
from portal.projects.rules import PhaseKind, Standing
from portal.search import services as search


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a project says of itself; `budget` in whole rupiah, with where the figure stands."""

    title: str
    story: str
    place: str
    area_code: str | None
    category_code: str
    lat: float | None = None
    lon: float | None = None
    budget: int | None = None
    budget_source: str = ""
    fiscal_year: int | None = None


def found(
    facts: Facts, *, official: Official, by: User | None, at: datetime, slug: str | None = None
) -> Project:
    """A new project, not yet public, for which this official answers."""
    _check_budget(facts)
    slug = slug or _free_slug(facts.title)
    project = Project(slug=slug, agency=official.agency, official=official, created_at=at)
    project.created_by_id = by.id if by else None
    _write(project, facts)
    db.session.add(project)
    db.session.flush()
    record.write(project, "project_founded", at=at, official=official.id)
    return project


def change_facts(
    project: Project, facts: Facts, *, official: Official, reason: str, by: User, at: datetime
) -> None:
    """Change what a project says. Once it is public another budget or responsible official needs a
    reason and stands in the public history."""
    _check_budget(facts)
    changed = _telling_changes(project, facts, official)
    if changed and project.published_at is not None and not reason.strip():
        raise DomainError(_l("Tulis alasan perubahan anggaran atau penanggung jawab."), field="reason")
    for kind, was, became in changed if project.published_at is not None else ():
        _note_change(project, kind, was=was, became=became, reason=reason, by=by, at=at)
    _write(project, facts)
    project.agency, project.official = official.agency, official
    record.write(
        project,
        "project_facts_changed" if changed else "project_edited",
        at=at,
        facts=[kind for kind, _was, _became in changed],
        by=by.id,
    )
    if project.published_at is not None:
        _put(project)


def set_cover(project: Project, photo: Attachment, *, at: datetime) -> None:
    """The picture of the place; the former one is no longer shown."""
    project.cover = photo
    record.write(project, "project_edited", at=at, facts=["cover"])


def publish(project: Project, *, by: User | None, at: datetime) -> None:
    """Open it to everybody. A project without a phase would be a page on which nothing can happen."""
    db.session.refresh(project, ["published_at"], with_for_update={"key_share": True})
    if project.published_at is not None:
        return
    if not project.phases:
        raise DomainError(_l("Tambahkan paling sedikit satu tahap sebelum rencana ini dibuka."))
    project.published_at = at
    record.write(project, "project_published", at=at, by=by.id if by else None)
    _put(project)


def add_phase(
    project: Project, kind: PhaseKind, *, opens_on: date, closes_on: date, title: str = "", at: datetime
) -> Phase:
    """One more phase. In a public project it is announced by its opening like every other."""
    _check_span(opens_on, closes_on)
    phase = Phase(project=project, kind=kind, title=title.strip(), opens_on=opens_on, closes_on=closes_on)
    db.session.add(phase)
    db.session.flush()
    project.phases.sort(key=lambda one: (one.opens_on, one.closes_on, one.id))
    record.write(project, "phase_added", at=at, phase=phase.id, kind=kind, **_dates(phase))
    return phase


def change_dates(
    phase: Phase, *, opens_on: date, closes_on: date, reason: str, by: User, at: datetime
) -> None:
    """Move a phase. What has opened keeps its first day, what has closed stays closed: its duties have
    begun and its results were read. The reason is public."""
    db.session.refresh(phase, with_for_update=True)  # its end may be acted upon at this very moment
    today = rules.local_day(at, config.current().zone)
    standing = rules.standing(phase, today)
    _check_span(opens_on, closes_on)
    if not reason.strip():
        raise DomainError(_l("Tulis alasan perubahan jadwal."), field="reason")
    if standing == Standing.OVER:
        raise DomainError(_l("Tahap ini sudah ditutup. Buatlah tahap baru."))
    if standing == Standing.OPEN and opens_on != phase.opens_on:
        raise DomainError(_l("Tahap ini sudah dibuka, jadi hari pertamanya tetap."), field="opens_on")
    if standing == Standing.AHEAD and opens_on < today:
        raise DomainError(_l("Hari pertama tidak boleh di masa lalu."), field="opens_on")
    if closes_on < today:
        raise DomainError(_l("Hari terakhir tidak boleh di masa lalu."), field="closes_on")
    was = _dates(phase)
    if was == {"opens_on": opens_on.isoformat(), "closes_on": closes_on.isoformat()}:
        raise DomainError(_l("Jadwalnya masih sama."))
    moves.announce(Move(phase, opens_on, closes_on, at))
    phase.opens_on, phase.closes_on = opens_on, closes_on
    project = phase.project
    project.phases.sort(key=lambda one: (one.opens_on, one.closes_on, one.id))
    _note_change(project, "dates", was=was, became=_dates(phase), reason=reason, by=by, at=at, phase=phase)
    record.write(
        project, "phase_dates_changed", at=at, phase=phase.id, kind=phase.kind, was=was, **_dates(phase)
    )


def follow(project: Project, *, by: User, at: datetime) -> None:
    """Be told when a phase opens, a plan changes, a result stands. Twice is as good as once."""
    row = {"project_id": project.id, "user_id": by.id, "at": at}
    made = db.session.scalar(
        jobs.insert(ProjectFollower).values(**row).on_conflict_do_nothing().returning(ProjectFollower.id)
    )
    if made is not None:
        _count_followers(project, +1, at)


def unfollow(project: Project, *, by: User, at: datetime) -> None:
    gone = db.session.scalar(
        delete(ProjectFollower)
        .where(ProjectFollower.project_id == project.id, ProjectFollower.user_id == by.id)
        .returning(ProjectFollower.id)
    )
    if gone is not None:
        _count_followers(project, -1, at)


def tell_followers(
    project: Project, letter: str, *, key: str, at: datetime, path: str, **values: Any
) -> None:
    """Write to everybody who follows, in batches by a job; a second call with `key` writes nothing.

    `values` must be JSON: the letter is put into words for each reader in their language.
    """
    jobs.enqueue(
        "projects.tell_followers",
        at=at,
        key=f"{project.subject}:{key}",
        project_id=project.id,
        letter=letter,
        letter_key=key,
        told_at=at.isoformat(),
        path=path,
        values=values,
        after_id=0,
    )


def _count_followers(project: Project, by: int, at: datetime) -> None:
    db.session.execute(
        update(Project)
        .where(Project.id == project.id)
        .values(follower_count=Project.follower_count + by)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(project, ["follower_count"])
    record.write(project, "followers_counted", at=at, count=project.follower_count)


def _write(project: Project, facts: Facts) -> None:
    project.title, project.story = facts.title.strip(), facts.story.strip()
    project.story_html = markdown.to_html(project.story)
    project.place, project.area_code = facts.place.strip(), facts.area_code
    project.lat, project.lon = facts.lat, facts.lon
    project.category_code = facts.category_code
    project.budget, project.budget_source = facts.budget, facts.budget_source.strip()
    project.fiscal_year = facts.fiscal_year


def _put(project: Project) -> None:
    text = f"{project.place}\n{project.story}"
    search.put("project", project.slug, title=project.title, text=text, place=project.place)


def _check_budget(facts: Facts) -> None:
    if facts.budget is not None and not facts.budget_source.strip():
        raise DomainError(_l("Sebutkan sumber angka anggaran ini."), field="budget_source")


def _check_span(opens_on: date, closes_on: date) -> None:
    if closes_on < opens_on:
        raise DomainError(_l("Hari terakhir tidak boleh sebelum hari pertama."), field="closes_on")
    if (closes_on - opens_on).days > rules.MAXIMUM_DAYS:
        raise DomainError(_l("Satu tahap paling lama lima tahun."), field="closes_on")


def _telling_changes(
    project: Project, facts: Facts, official: Official
) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Changes that the public history keeps: (kind, was, became)."""
    found: list[tuple[str, dict[str, Any], dict[str, Any]]] = []
    if facts.budget != project.budget:
        found.append(("budget", {"budget": project.budget}, {"budget": facts.budget}))
    if official.id != project.official_id:
        found.append(("official", _person(project.official), _person(official)))
    return found


def _person(official: Official) -> dict[str, Any]:
    """A public office: the name stays in the history as it was."""
    return {"id": official.id, "name": official.name}


def _note_change(
    project: Project,
    kind: str,
    *,
    was: dict[str, Any],
    became: dict[str, Any],
    reason: str,
    by: User,
    at: datetime,
    phase: Phase | None = None,
) -> None:
    change = ProjectChange(project_id=project.id, kind=kind, was=was, became=became, reason=reason.strip())
    change.phase, change.by_id, change.at = phase, by.id, at
    db.session.add(change)


def _dates(phase: Phase) -> dict[str, str]:
    return {"opens_on": phase.opens_on.isoformat(), "closes_on": phase.closes_on.isoformat()}


def _free_slug(title: str) -> str:
    """An address made of the title; a number behind it where another project has it already."""
    base = rules.slug(title)
    taken = set(
        db.session.scalars(select(Project.slug).where(func.substr(Project.slug, 1, len(base)) == base))
    )
    return next(slug for slug in rules.slugs(base) if slug not in taken)
