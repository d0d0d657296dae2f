"""What can be done with an idea: give, edit, take back, support, hide."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update

from portal import config, markdown
from portal.accounts.models import User
from portal.assignments import services as assignments
from portal.attachments.models import Attachment
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l
from portal.jobs import services as jobs
from portal.ledger import services as ledger
from portal.places.models import Area
from portal.projects import record, rules
from portal.projects.ideas import duty, policy
from portal.projects.ideas.models import Idea, IdeaPhoto, IdeaSupporter, IdeaVersion
from portal.projects.ideas.rules import PHOTOS
from portal.projects.models import Phase, Project
from portal.projects.rules import PhaseKind
from portal.search import services as search


def give(
    project: Project,
    *,
    title: str,
    body: str,
    by: User,
    at: datetime,
    place: str = "",
    area_code: str | None = None,
    lat: float | None = None,
    lon: float | None = None,
    photos: Collection[Attachment] = (),
    origin: str | None = None,
) -> Idea:
    """A resident's idea. Residents give them while ideas are collected; a moderator who makes one of a
    thread or post (`origin`, its name in the record) may do so before and after as well."""
    phase = _phase_for(project, origin, at)
    if len(photos) > PHOTOS:
        raise DomainError(_l("Paling banyak tiga foto."), field="photos")
    idea = Idea(project=project, phase=phase, author=by, given_at=at, salt=record.new_salt(), origin=origin)
    _write(idea, title=title, body=body, place=place, area_code=area_code, lat=lat, lon=lon)
    idea.photos = [IdeaPhoto(attachment=photo, position=number) for number, photo in enumerate(photos, 1)]
    db.session.add(idea)
    db.session.flush()
    _count_ideas(idea, +1)
    _record(idea, "idea_given", at, project=project.slug, phase=phase.id, origin=origin)
    _put(idea)
    if duty.is_owed(idea, at):
        duty.owe_status(idea, at=at)
    return idea


def edit(
    idea: Idea,
    *,
    title: str,
    body: str,
    at: datetime,
    place: str = "",
    area_code: str | None = None,
    lat: float | None = None,
    lon: float | None = None,
) -> None:
    """Another text while ideas are collected; the former one can still be read."""
    _check_stands(idea)
    former = IdeaVersion(idea_id=idea.id, title=idea.title, body_html=idea.body_html, place=idea.place)
    former.replaced_at = at
    is_same_text = (idea.title, idea.body, idea.place) == (title.strip(), body.strip(), place.strip())
    if not is_same_text:
        db.session.add(former)
        idea.edited_at = at
        idea.version += 1
    _write(idea, title=title, body=body, place=place, area_code=area_code, lat=lat, lon=lon)
    _record(idea, "idea_edited", at, version=idea.version)
    _put(idea)


def withdraw(idea: Idea, *, at: datetime) -> None:
    """Its author takes it back: no status is owed any more."""
    if not policy.is_undecided(idea):
        raise DomainError(_l("Gagasan ini tidak bisa ditarik lagi."))
    if idea.assignment is not None:
        assignments.withdraw(idea.assignment, at=at)
    idea.withdrawn_at = at
    _count_ideas(idea, -1)
    _record(idea, "idea_withdrawn", at)
    search.remove("idea", idea.number)


def support(idea: Idea, *, by: User, at: datetime) -> None:
    """Wants the same; once per person, twice is as good as once."""
    if not policy.may_support(by, idea):
        raise DomainError(_l("Gagasan ini sudah diputuskan, atau Anda sendiri pemberinya."))
    add_supporters(idea, [by.id], at=at)


def unsupport(idea: Idea, *, by: User, at: datetime) -> None:
    gone = db.session.scalar(
        delete(IdeaSupporter)
        .where(IdeaSupporter.idea_id == idea.id, IdeaSupporter.user_id == by.id)
        .returning(IdeaSupporter.id)
    )
    if gone is not None:
        _count_supporters(idea, -1, at)


def add_supporters(idea: Idea, user_ids: Iterable[int], *, at: datetime) -> None:
    """Supporters that come together, e.g. carried over from a thread; who supports already counts once."""
    rows = [
        {"idea_id": idea.id, "user_id": user_id, "at": at} for user_id in set(user_ids) - {idea.author_id}
    ]
    if not rows:
        return
    added = jobs.insert(IdeaSupporter).values(rows).on_conflict_do_nothing().returning(IdeaSupporter.id)
    made = len(db.session.scalars(added).all())
    if made:
        _count_supporters(idea, made, at)


def hide(idea: Idea, *, at: datetime) -> None:
    """Its text is no longer shown. A duty that has begun runs on; before, none begins while it is hidden."""
    if idea.hidden_at is None:
        if policy.stands(idea):
            _count_ideas(idea, -1)
        idea.hidden_at = at
        _record(idea, "idea_hidden", at)
        search.remove("idea", idea.number)


def unhide(idea: Idea, *, at: datetime) -> None:
    """Show it again. A status that was not yet owed is owed from now on, never from before."""
    if idea.hidden_at is None:
        return
    idea.hidden_at = None
    _record(idea, "idea_shown", at)
    if idea.withdrawn_at is not None:
        return
    _count_ideas(idea, +1)
    _put(idea)
    if duty.is_owed(idea, at):
        duty.owe_status(idea, at=at)


def _phase_for(project: Project, origin: str | None, at: datetime) -> Phase:
    zone = config.current().zone
    if origin is None:
        phase = rules.open_phase(PhaseKind.COLLECT, project.phases, at, zone)
        refusal = _l("Gagasan sedang tidak dikumpulkan di rencana ini.")
    else:
        phase = rules.phase_for(PhaseKind.COLLECT, project.phases, at, zone)
        refusal = _l("Rencana ini tidak mengumpulkan gagasan.")
    if phase is None or project.published_at is None:
        raise DomainError(refusal)
    return phase


def _check_stands(idea: Idea) -> None:
    if not policy.stands(idea):
        raise DomainError(_l("Gagasan ini sudah ditarik atau disembunyikan."))


def _write(idea: Idea, **typed: Any) -> None:
    idea.title, idea.body, idea.place = (typed[name].strip() for name in ("title", "body", "place"))
    idea.body_html = markdown.to_html(idea.body)
    idea.area_code, idea.lat, idea.lon = typed["area_code"], typed["lat"], typed["lon"]


def _put(idea: Idea) -> None:
    area = db.session.get(Area, idea.area_code) if idea.area_code else None
    search.put(
        "idea",
        idea.number,
        title=idea.title,
        text=f"{idea.place}\n{idea.body}",
        place=area.name if area else "",
    )


def _record(idea: Idea, kind: str, at: datetime, **details: Any) -> None:
    content = record.digest(idea.salt, idea.title, idea.body, idea.place)
    ledger.record(kind, subject=idea.subject, at=at, content=content, **details)


def _count_supporters(idea: Idea, by: int, at: datetime) -> None:
    _grow(Idea, idea.id, supporter_count=by)
    db.session.refresh(idea, ["supporter_count"])
    ledger.record("supporters_counted", subject=idea.subject, at=at, count=idea.supporter_count)


def _count_ideas(idea: Idea, by: int) -> None:
    _grow(Project, idea.project_id, idea_count=by)
    db.session.refresh(idea.project, ["idea_count"])


def _grow(model: Any, row_id: int, **by: int) -> None:
    """Add to counts in the database itself: two writers at once must not lose one."""
    db.session.execute(
        update(model)
        .where(model.id == row_id)
        .values({name: getattr(model, name) + number for name, number in by.items()})
        .execution_options(synchronize_session=False)
    )
