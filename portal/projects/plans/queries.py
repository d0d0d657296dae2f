"""What can be read of plans: the versions, the counts, the pins that a page draws and lists.

Nothing here counts or sorts pins by reading them all: the counts are kept by writes, and each list ends
at its page along an index.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort
from sqlalchemy import Select, and_, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload, lazyload, load_only, selectinload

from portal.accounts.models import User
from portal.db import db
from portal.projects import keys
from portal.projects.ideas.models import Idea
from portal.projects.models import Project
from portal.projects.plans import rules
from portal.projects.plans.models import (
    Pin,
    PinFormerText,
    PinPlace,
    PinSupporter,
    PinVerdict,
    PlanIdea,
    PlanSquare,
    PlanVersion,
)
from portal.projects.plans.rules import Fate, PinKind

PAGE_SIZE = 20
VERDICTS_AT_ONCE = 25


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pins of a version are looked at; None stands for all."""

    kind: PinKind | None = None
    fate: Fate | None = None
    square: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Places of pins in their order, and the key of the next page (None: this is the last)."""

    places: Sequence[PinPlace]
    older: tuple[int, int] | None = None


def versions_of(project: Project) -> Sequence[PlanVersion]:
    """All versions with their drawings, the newest first; drafts too."""
    return db.session.scalars(
        select(PlanVersion)
        .options(joinedload(PlanVersion.drawing))
        .where(PlanVersion.project_id == project.id)
        .order_by(PlanVersion.number.desc())
    ).all()


def published(versions: Sequence[PlanVersion]) -> list[PlanVersion]:
    return [version for version in versions if version.published_at is not None]


def draft(versions: Sequence[PlanVersion]) -> PlanVersion | None:
    return next((version for version in versions if version.published_at is None), None)


def current(project: Project) -> PlanVersion | None:
    """The version on the table: the newest that is published."""
    return db.session.scalar(
        select(PlanVersion)
        .options(joinedload(PlanVersion.drawing))
        .where(PlanVersion.project_id == project.id, PlanVersion.published_at.is_not(None))
        .order_by(PlanVersion.number.desc())
        .limit(1)
    )


def tallies(project: Project) -> dict[int, Counter[Fate]]:
    """How many pins each version has, by what became of them; by the version's id."""
    rows = db.session.execute(
        select(PlanSquare.version_id, PlanSquare.fate, func.sum(PlanSquare.pin_count))
        .join(PlanVersion, PlanVersion.id == PlanSquare.version_id)
        .where(PlanVersion.project_id == project.id)
        .group_by(PlanSquare.version_id, PlanSquare.fate)
    )
    found: dict[int, Counter[Fate]] = {}
    for version_id, fate, count in rows:
        found.setdefault(version_id, Counter())[fate] = int(count)
    return found


def counts_by_square(version: PlanVersion, wanted: Wanted) -> dict[int, int]:
    """How many of the wanted pins stand in each square that has any."""
    query = select(PlanSquare.square, func.sum(PlanSquare.pin_count)).where(
        PlanSquare.version_id == version.id, PlanSquare.pin_count > 0
    )
    if wanted.kind is not None:
        query = query.where(PlanSquare.kind == wanted.kind)
    if wanted.fate is not None:
        query = query.where(PlanSquare.fate == wanted.fate)
    rows = db.session.execute(query.group_by(PlanSquare.square).order_by(PlanSquare.square))
    return {square: int(count) for square, count in rows}


def drawn(version: PlanVersion, wanted: Wanted, squares: Sequence[int] | None) -> Sequence[PinPlace]:
    """Places that are drawn one by one, the most supported first, never more than a hundred; of certain
    squares only, if given."""
    query = _shown(version, wanted)
    if squares is not None:
        query = query.where(PinPlace.square.in_(squares))
    return db.session.scalars(_sorted(query).limit(rules.MARKS)).all()


def listed(version: PlanVersion, wanted: Wanted, before: tuple[int, int] | None = None) -> Page:
    """Pins with their texts and authors, the most supported first."""
    query = _shown(version, wanted).join(PinPlace.pin).join(Pin.author)
    query = query.options(
        contains_eager(PinPlace.pin)
        .contains_eager(Pin.author)
        .options(load_only(User.name), lazyload(User.role_rows))
    )
    if before is not None:
        supporters, position = before
        query = query.where(
            (PinPlace.supporter_count < supporters)
            | and_(PinPlace.supporter_count == supporters, PinPlace.position < position)
        )
    found = db.session.scalars(_sorted(query).limit(PAGE_SIZE + 1)).unique().all()
    if len(found) <= PAGE_SIZE:
        return Page(found)
    last = found[PAGE_SIZE - 1]
    return Page(found[:PAGE_SIZE], older=(last.supporter_count, last.position))


def _shown(version: PlanVersion, wanted: Wanted) -> Select[PinPlace]:
    query = select(PinPlace).where(PinPlace.version_id == version.id, PinPlace.is_shown.is_(True))
    if wanted.kind is not None:
        query = query.where(PinPlace.kind == wanted.kind)
    if wanted.fate is not None:
        query = query.where(PinPlace.fate == wanted.fate)
    if wanted.square is not None:
        query = query.where(PinPlace.square == wanted.square)
    return query


def _sorted(query: Select[PinPlace]) -> Select[PinPlace]:
    return query.order_by(PinPlace.supporter_count.desc(), PinPlace.position.desc())


def pin_or_404(number: str) -> Pin:
    return pin(number) or abort(404)


def pin(number: str) -> Pin | None:
    """A pin by its number "N-12", with its author, photo and project; hidden ones too."""
    pin_id = keys.number(number[2:]) if number[:2].upper() == "N-" else None
    if pin_id is None:
        return None
    return db.session.scalar(
        select(Pin)
        .options(
            joinedload(Pin.author).options(load_only(User.name), lazyload(User.role_rows)),
            joinedload(Pin.photo),
            joinedload(Pin.project).options(
                joinedload(Project.agency),
                joinedload(Project.official),
                joinedload(Project.area),
                selectinload(Project.phases),
            ),
        )
        .where(Pin.id == pin_id)
    )


def places_of(pin: Pin) -> Sequence[PinPlace]:
    """Where it stands on each version, with the drawings, the first version first."""
    return db.session.scalars(
        select(PinPlace)
        .join(PinPlace.plan_version)
        .options(contains_eager(PinPlace.plan_version).joinedload(PlanVersion.drawing))
        .where(PinPlace.pin_id == pin.id)
        .order_by(PlanVersion.number)
    ).all()


def former_texts(pin: Pin) -> Sequence[PinFormerText]:
    return db.session.scalars(
        select(PinFormerText).where(PinFormerText.pin_id == pin.id).order_by(PinFormerText.id.desc())
    ).all()


def is_supporter(pin: Pin, user: Any) -> bool:
    supported = exists().where(PinSupporter.pin_id == pin.id, PinSupporter.user_id == user.id)
    return bool(db.session.scalar(select(supported)))


def readers_of(pin: Pin) -> Sequence[User]:
    """Whoever wrote or supports it: they are told what becomes of it."""
    supporters = select(PinSupporter.user_id).where(PinSupporter.pin_id == pin.id)
    return db.session.scalars(select(User).where(User.id.in_(supporters) | (User.id == pin.author_id))).all()


def ideas_on(version: PlanVersion) -> Sequence[Idea]:
    """The ideas that this version takes up."""
    return db.session.scalars(
        select(Idea)
        .options(load_only(Idea.id, Idea.title, Idea.hidden_at, Idea.withdrawn_at))
        .join(PlanIdea, PlanIdea.idea_id == Idea.id)
        .where(PlanIdea.version_id == version.id)
        .order_by(Idea.id)
    ).all()


def choosable_ideas(project: Project, limit: int = 200) -> Sequence[Idea]:
    """Ideas that a version may take up, the most supported first."""
    return db.session.scalars(
        select(Idea)
        .options(load_only(Idea.id, Idea.title))
        .where(Idea.project_id == project.id, Idea.withdrawn_at.is_(None), Idea.hidden_at.is_(None))
        .order_by(Idea.supporter_count.desc(), Idea.id)
        .limit(limit)
    ).all()


@dataclass(frozen=True, slots=True)
class Judged:
    """A pin of the former version, and what the draft means to do with it (None: not yet said)."""

    place: PinPlace
    verdict: PinVerdict | None


def to_judge(former: PlanVersion, *, after: int, waiting_only: bool) -> tuple[list[Judged], int | None]:
    """Pins of the former version by their number on it, and the number to go on after (None: the end)."""
    query = (
        select(PinPlace, PinVerdict)
        .join(PinPlace.pin)
        .outerjoin(PinVerdict, PinVerdict.place_id == PinPlace.id)
        .options(contains_eager(PinPlace.pin))
        .where(PinPlace.version_id == former.id, PinPlace.is_shown.is_(True), PinPlace.position > after)
    )
    if waiting_only:
        query = query.where(PinVerdict.place_id.is_(None))
    rows = db.session.execute(query.order_by(PinPlace.position).limit(VERDICTS_AT_ONCE + 1)).all()
    found = [Judged(place, verdict) for place, verdict in rows[:VERDICTS_AT_ONCE]]
    return found, found[-1].place.position if len(rows) > VERDICTS_AT_ONCE else None


def waiting_count(former: PlanVersion | None) -> int:
    """How many of its pins no verdict was said about."""
    if former is None:
        return 0
    judged = exists().where(PinVerdict.place_id == PinPlace.id)
    return (
        db.session.scalar(
            select(func.count())
            .select_from(PinPlace)
            .where(PinPlace.version_id == former.id, PinPlace.is_shown.is_(True), ~judged)
        )
        or 0
    )


def places_by_id(former: PlanVersion, ids: Sequence[int]) -> Sequence[PinPlace]:
    return db.session.scalars(
        select(PinPlace)
        .join(PinPlace.pin)
        .options(contains_eager(PinPlace.pin))
        .where(PinPlace.version_id == former.id, PinPlace.id.in_(ids))
    ).all()
