"""Ideas as everybody reads them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort
from sqlalchemy import Row, Select, String, cast, exists, literal, select, tuple_
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from portal.accounts.models import User
from portal.assignments import queries as duties
from portal.assignments.models import Assignment, Response, ResponsePhoto
from portal.attachments.models import Attachment
from portal.db import db
from portal.ledger.models import Event
from portal.organisation.models import Agency
from portal.places.models import Area
from portal.projects import keys
from portal.projects.ideas.models import Idea, IdeaPhoto, IdeaSupporter, IdeaVersion
from portal.projects.ideas.rules import IdeaStatus, Sort
from portal.projects.keys import Place
from portal.projects.models import Project
from portal.search import queries as search
from portal.search import rules as words
from portal.search.models import SearchDocument

PAGE_SIZE = 20
CANDIDATES = 400  # newest matches of a search that are looked at
OWN = 50


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What the list is narrowed to; `before` is the key of the last row of the page before."""

    text: str = ""
    status: IdeaStatus | None = None
    sort: Sort = Sort.NEWEST
    before: Place | None = None


@dataclass(frozen=True)
class Page:
    """Rows in their order; `older` leads to the next page, None when this is the last."""

    rows: Sequence[Row[*tuple[Any, ...]]]
    older: Place | None = None


def idea(number: str) -> Idea | None:
    """An idea by its number "I-12", with its project; also one that was taken back or hidden."""
    row_id = keys.number(number.removeprefix("I-")) if number.startswith("I-") else None
    if row_id is None:
        return None
    statement = (
        select(Idea)
        .join(Idea.project)
        .options(
            contains_eager(Idea.project).options(
                joinedload(Project.agency), joinedload(Project.official), selectinload(Project.phases)
            ),
            joinedload(Idea.phase),
            joinedload(Idea.author),
            joinedload(Idea.area),
            joinedload(Idea.assignment).options(*duties.with_course()),
            joinedload(Idea.status_response).options(
                joinedload(Response.official),
                joinedload(Response.agency),
                joinedload(Response.outside_body).joinedload(Agency.channels),
                joinedload(Response.photos).joinedload(ResponsePhoto.attachment),
            ),
        )
        .where(Idea.id == row_id, Project.published_at.is_not(None))
    )
    return db.session.scalars(statement).unique().one_or_none()


def idea_or_404(number: str) -> Idea:
    return idea(number) or abort(404)


def listed(project: Project, wanted: Filter) -> Page:
    """A page of the project's ideas; one statement."""
    query = _rows().where(Idea.project_id == project.id)
    if wanted.status:
        query = query.where(Idea.status == wanted.status)
    if terms := words.terms(wanted.text):
        found = search.matching("idea", terms, limit=CANDIDATES)
        number = literal("I-") + cast(Idea.id, String)
        query = query.join(SearchDocument, SearchDocument.ref == number).join(
            found, found.c.id == SearchDocument.id
        )
    elif wanted.text:
        return Page([])
    rows = db.session.execute(_sorted(query, wanted).limit(PAGE_SIZE + 1)).all()
    if len(rows) <= PAGE_SIZE:
        return Page(rows)
    return Page(rows[:PAGE_SIZE], older=_key(rows[PAGE_SIZE - 1], wanted.sort))


def _rows() -> Select[*tuple[Any, ...]]:
    """What a list shows of ideas that stand."""
    first = (
        select(Attachment.token)
        .join(IdeaPhoto, IdeaPhoto.attachment_id == Attachment.id)
        .where(IdeaPhoto.idea_id == Idea.id)
        .order_by(IdeaPhoto.position)
        .limit(1)
        .correlate(Idea)
        .scalar_subquery()
    )
    return (
        select(
            Idea.id,
            Idea.title,
            Idea.given_at,
            Idea.status,
            Idea.supporter_count,
            Idea.comment_count,
            User.name.label("author"),
            Area.name.label("area"),
            Assignment.clock_id,
            first.label("photo"),
        )
        .join(User, User.id == Idea.author_id)
        .outerjoin(Area, Area.code == Idea.area_code)
        .outerjoin(Assignment, Assignment.id == Idea.assignment_id)
        .where(Idea.withdrawn_at.is_(None), Idea.hidden_at.is_(None))
    )


def _sorted(query: Select[*tuple[Any, ...]], wanted: Filter) -> Select[*tuple[Any, ...]]:
    """In the wished order, from the key on."""
    if wanted.sort == Sort.SUPPORTED:
        if wanted.before:
            query = query.where(tuple_(Idea.supporter_count, Idea.id) < wanted.before)
        return query.order_by(Idea.supporter_count.desc(), Idea.id.desc())
    if moment := keys.moment(wanted.before):
        query = query.where(
            (Idea.given_at < moment[0]) | ((Idea.given_at == moment[0]) & (Idea.id < moment[1]))
        )
    return query.order_by(Idea.given_at.desc(), Idea.id.desc())


def _key(row: Any, sort: Sort) -> Place:
    return (row.supporter_count, row.id) if sort == Sort.SUPPORTED else keys.of_moment(row.given_at, row.id)


def photos_of(idea: Idea) -> Sequence[IdeaPhoto]:
    return db.session.scalars(
        select(IdeaPhoto)
        .options(joinedload(IdeaPhoto.attachment))
        .where(IdeaPhoto.idea_id == idea.id)
        .order_by(IdeaPhoto.position)
    ).all()


def versions_of(idea: Idea) -> Sequence[IdeaVersion]:
    """Former texts, newest first."""
    return db.session.scalars(
        select(IdeaVersion).where(IdeaVersion.idea_id == idea.id).order_by(IdeaVersion.id.desc())
    ).all()


def does_support(idea: Idea, user: User) -> bool:
    supported = exists().where(IdeaSupporter.idea_id == idea.id, IdeaSupporter.user_id == user.id)
    return bool(db.session.scalar(select(supported)))


def waits(phase_id: int) -> bool:
    """Does any idea of a collecting phase still wait for its status?"""
    waiting = exists().where(
        Idea.phase_id == phase_id,
        Idea.status == IdeaStatus.WAITING,
        Idea.withdrawn_at.is_(None),
        Idea.hidden_at.is_(None),
    )
    return bool(db.session.scalar(select(waiting)))


def given_by(user: User) -> Sequence[Idea]:
    """A person's own ideas, newest first, with what their answer said."""
    return db.session.scalars(
        select(Idea)
        .options(
            joinedload(Idea.project),
            joinedload(Idea.phase),
            joinedload(Idea.assignment),
            joinedload(Idea.status_response),
        )
        .where(Idea.author_id == user.id)
        .order_by(Idea.id.desc())
        .limit(OWN)
    ).all()


def supported_by(user: User) -> Sequence[Row[*tuple[Any, ...]]]:
    """Ideas that a person supports, newest support first: id, title, status."""
    return db.session.execute(
        select(Idea.id, Idea.title, Idea.status)
        .join(IdeaSupporter, IdeaSupporter.idea_id == Idea.id)
        .where(IdeaSupporter.user_id == user.id, Idea.withdrawn_at.is_(None), Idea.hidden_at.is_(None))
        .order_by(IdeaSupporter.id.desc())
        .limit(OWN)
    ).all()


def events_of(ideas: Iterable[Idea], kinds: Iterable[str]) -> Sequence[Event]:
    """What happened to some ideas, of these kinds, oldest first; one statement."""
    return db.session.scalars(
        select(Event)
        .where(Event.subject.in_([one.subject for one in ideas]), Event.kind.in_(list(kinds)))
        .order_by(Event.id)
    ).all()
