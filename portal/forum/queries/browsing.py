"""What everybody can browse: categories with what was said last, and threads by their last post."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort
from sqlalchemy import Row, Select, and_, or_, select
from sqlalchemy.orm import aliased

from portal.assignments.models import Assignment
from portal.assignments.rules import UNANSWERED
from portal.db import db
from portal.forum import rules
from portal.forum.models import ForumCategory, Thread
from portal.organisation.models import Agency
from portal.places.models import Area
from portal.places.rules import Level
from portal.search import queries as search
from portal.search import rules as words
from portal.search.models import SearchDocument

PAGE_SIZE = 25
CANDIDATES = 400  # newest matches of a search that are ranked
RANKED = 100  # results that a search shows at most


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What a list of threads is narrowed to; empty means everything."""

    text: str = ""
    category_id: int | None = None
    area_code: str = ""  # of a kecamatan
    is_unanswered: bool = False  # the city owes an answer
    before: tuple[datetime, int] | None = None  # keyset: only what was quiet earlier
    offset: int = 0  # among the ranked results of a search


@dataclass(frozen=True)
class Listed:
    """A page of rows; `older` and `offset` lead to the next one, None when this is the last."""

    rows: Sequence[Row[*tuple[Any, ...]]]
    older: tuple[datetime, int] | None = None
    offset: int | None = None


def public_rows() -> Select[*tuple[Any, ...]]:
    """What a list shows of threads; hidden ones are in none."""
    return (
        select(
            Thread.id,
            Thread.title,
            Thread.last_post_at,
            Thread.reply_count,
            Thread.supporter_count,
            Thread.locked_at,
            Thread.asked_at,
            Thread.answered_at,
            Thread.became,
            ForumCategory.name_id,
            ForumCategory.name_en,
            Area.name.label("area"),
            Agency.name.label("agency"),
            Assignment.clock_id,
            Assignment.state,
        )
        .join(ForumCategory, ForumCategory.id == Thread.category_id)
        .outerjoin(Area, Area.code == Thread.area_code)
        .outerjoin(Assignment, Assignment.id == Thread.assignment_id)
        .outerjoin(Agency, Agency.id == Assignment.agency_id)
        .where(Thread.hidden_at.is_(None))
    )


def listed(wanted: Filter) -> Listed:
    """Threads by their last post; with words, the best matches first."""
    if terms := words.terms(wanted.text):
        return _found(wanted, terms)
    query = _narrowed(public_rows(), wanted).order_by(Thread.last_post_at.desc(), Thread.id.desc())
    if wanted.before:
        last_post_at, thread_id = wanted.before
        query = query.where(
            or_(
                Thread.last_post_at < last_post_at,
                and_(Thread.last_post_at == last_post_at, Thread.id < thread_id),
            )
        )
    rows = db.session.execute(query.limit(PAGE_SIZE + 1)).all()
    if len(rows) <= PAGE_SIZE:
        return Listed(rows)
    last = rows[PAGE_SIZE - 1]
    return Listed(rows[:PAGE_SIZE], older=(last.last_post_at, last.id))


def shelves() -> Sequence[Row[*tuple[Any, ...]]]:
    """Each open category (the first of the row) with the thread that was talked about last (`last_id`,
    `last_title`, `last_at`), in their order. One statement: an index seek for each category."""
    newest = (
        select(Thread.id)
        .where(Thread.category_id == ForumCategory.id, Thread.hidden_at.is_(None))
        .order_by(Thread.last_post_at.desc(), Thread.id.desc())
        .limit(1)
        .correlate(ForumCategory)
        .scalar_subquery()
    )
    last = aliased(Thread)
    return db.session.execute(
        select(
            ForumCategory,
            last.id.label("last_id"),
            last.title.label("last_title"),
            last.last_post_at.label("last_at"),
        )
        .outerjoin(last, last.id == newest)
        .where(ForumCategory.is_active)
        .order_by(ForumCategory.position, ForumCategory.id)
    ).all()


def categories(*, closed_too: bool = False) -> Sequence[ForumCategory]:
    """The categories in their order; those that were closed only where they are arranged."""
    query = select(ForumCategory).order_by(ForumCategory.position, ForumCategory.id)
    return db.session.scalars(query if closed_too else query.where(ForumCategory.is_active)).all()


def category_or_404(slug: str) -> ForumCategory:
    return db.session.scalar(select(ForumCategory).filter_by(slug=slug)) or abort(404)


def districts() -> Sequence[Row[*tuple[Any, ...]]]:
    """The kecamatan, by name, as (code, name)."""
    return db.session.execute(
        select(Area.code, Area.name).where(Area.level == Level.DISTRICT).order_by(Area.name)
    ).all()


def unrouted() -> Sequence[Row[*tuple[Any, ...]]]:
    """Threads that ask for an official answer while no agency was found, the oldest wish first."""
    return db.session.execute(
        public_rows()
        .where(Thread.asked_at.is_not(None), Thread.assignment_id.is_(None))
        .order_by(Thread.asked_at, Thread.id)
        .limit(RANKED)
    ).all()


def lively(limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Threads that were talked about last; rows as `listing.rows` takes them."""
    return db.session.execute(
        public_rows().order_by(Thread.last_post_at.desc(), Thread.id.desc()).limit(limit)
    ).all()


def _found(wanted: Filter, terms: list[str]) -> Listed:
    """Ranked here, so that both engines agree: words in the title first, then the liveliest."""
    found = search.matching("thread", terms, limit=CANDIDATES)
    documents = db.session.execute(
        select(SearchDocument.ref, SearchDocument.title_terms).join(found, found.c.id == SearchDocument.id)
    )
    asked = set(terms)
    shared = {
        rules.id_in(row.ref, rules.THREAD_PREFIX): len(asked & set(row.title_terms.split()))
        for row in documents
    }
    rows = db.session.execute(_narrowed(public_rows(), wanted).where(Thread.id.in_(shared))).all()
    ranked = sorted(rows, key=lambda row: (shared[row.id], row.last_post_at, row.id), reverse=True)[:RANKED]
    end = wanted.offset + PAGE_SIZE
    return Listed(ranked[wanted.offset : end], offset=end if len(ranked) > end else None)


def _narrowed(query: Select[*tuple[Any, ...]], wanted: Filter) -> Select[*tuple[Any, ...]]:
    if wanted.category_id is not None:
        query = query.where(Thread.category_id == wanted.category_id)
    if wanted.area_code:
        query = query.where(Thread.district_code == wanted.area_code)
    if wanted.is_unanswered:
        query = query.where(
            Thread.asked_at.is_not(None),
            or_(Assignment.id.is_(None), Assignment.state.in_(UNANSWERED)),
        )
    return query
