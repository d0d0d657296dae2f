"""What everybody can browse: the public list, its search, and the map."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from portal.assignments.models import Assignment
from portal.categories.models import Category
from portal.db import db
from portal.deadlines.models import StageDeadline
from portal.organisation.models import Agency
from portal.places.models import Area
from portal.places.rules import Level, district_of
from portal.reports.models import (
    Report,
)
from portal.reports.rules import ReportKind, ReportState
from portal.search import queries as search
from portal.search import rules as words
from portal.search.models import SearchDocument

PAGE_SIZE = 25
CANDIDATES = 400  # newest matches that are ranked
RANKED = 100  # results that a search shows at most
MAP_SIZE = 200
District = aliased(Area)


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What the public list is narrowed to; empty means everything."""

    text: str = ""
    area_code: str = ""
    category_code: str = ""
    kind: ReportKind | None = None
    state: ReportState | None = None
    is_overdue: bool = False
    before: tuple[datetime, int] | None = None  # keyset: only what was received earlier
    offset: int = 0  # among the ranked results of a search


@dataclass(frozen=True)
class Listed:
    """A page of rows; `older` and `offset` lead to the next one, None when this is the last."""

    rows: Sequence[Row[*tuple[Any, ...]]]
    older: tuple[datetime, int] | None = None
    offset: int | None = None


def listed(wanted: Filter, at: datetime) -> Listed:
    """The public list, newest first; with words, the best matches first."""
    if terms := words.terms(wanted.text):
        return _found(wanted, terms, at)
    query = _narrowed(public_rows(), wanted, at).order_by(Report.received_at.desc(), Report.id.desc())
    if wanted.before:
        received_at, report_id = wanted.before
        query = query.where(
            or_(
                Report.received_at < received_at,
                and_(Report.received_at == received_at, Report.id < report_id),
            )
        )
    rows = db.session.execute(query.limit(PAGE_SIZE + 1)).all()
    if len(rows) <= PAGE_SIZE:
        return Listed(rows)
    last = rows[PAGE_SIZE - 1]
    return Listed(rows[:PAGE_SIZE], older=(last.received_at, last.id))


def public_rows() -> Select[*tuple[Any, ...]]:
    """What a list may show of reports: columns that are empty until they are public."""
    return (
        select(
            Report.id,
            Report.number,
            Report.kind,
            Report.title,
            Report.state,
            Report.ending,
            Report.is_confidential,
            Report.received_at,
            Report.verified_at,
            Report.first_response_at,
            Report.area_code,
            Report.lat,
            Report.lon,
            Report.supporter_count,
            Report.verify_clock_id,
            Assignment.clock_id,
            Category.name_id,
            Category.name_en,
            Area.name.label("area"),
            Area.label_lat,
            Area.label_lon,
            District.name.label("district"),
            Agency.name.label("agency"),
        )
        .join(Category, Category.code == Report.category_code)
        .outerjoin(Area, Area.code == Report.area_code)
        .outerjoin(District, District.code == Report.district_code)
        .outerjoin(Agency, Agency.id == Report.agency_id)
        .outerjoin(Assignment, Assignment.id == Report.assignment_id)
    )


def due_next(at: datetime) -> Row[*tuple[Any, ...]] | None:
    """The published report whose running clock falls due first, among those that are not late."""
    missed = aliased(StageDeadline)
    return db.session.execute(
        public_rows()
        .join(StageDeadline, StageDeadline.clock_id == Assignment.clock_id)
        .where(
            # An open stage is an open report's. Asked for its state too, SQLite reads all open reports:
            # 84 ms of 200,000 instead of 2.
            StageDeadline.is_open,
            StageDeadline.due_at > at,
            ~exists().where(missed.clock_id == StageDeadline.clock_id, missed.is_open, missed.due_at <= at),
            Report.is_confidential.is_(False),
            Report.title != "",
        )
        .order_by(StageDeadline.due_at)
        .limit(1)
    ).first()


def recent_on_map() -> Sequence[Row[*tuple[Any, ...]]]:
    """The newest reports for the map; those without a public point stand at their area's."""
    return db.session.execute(
        public_rows().order_by(Report.received_at.desc(), Report.id.desc()).limit(MAP_SIZE)
    ).all()


def districts() -> Sequence[Row[*tuple[Any, ...]]]:
    """The kecamatan, by name, as (code, name)."""
    return db.session.execute(
        select(Area.code, Area.name).where(Area.level == Level.DISTRICT).order_by(Area.name)
    ).all()


def categories() -> Sequence[Category]:
    """All categories in their order, for the list's filter: old reports keep theirs."""
    return db.session.scalars(select(Category).order_by(Category.position, Category.code)).all()


def _found(wanted: Filter, terms: list[str], at: datetime) -> Listed:
    """The best matches first: words in the title, then the newest. The database ranks them: only the few
    that the page shows are fetched."""
    room = min(RANKED - wanted.offset, PAGE_SIZE + 1)
    if room <= 0:
        return Listed([])
    found = search.matching("report", terms, limit=CANDIDATES)
    matches = _narrowed(
        select(Report.id)
        .join(SearchDocument, SearchDocument.ref == Report.number)
        .join(found, found.c.id == SearchDocument.id)
        .outerjoin(Assignment, Assignment.id == Report.assignment_id),
        wanted,
        at,
    )
    best = matches.order_by(search.in_title(terms).desc(), Report.received_at.desc(), Report.id.desc())
    ids = db.session.scalars(best.limit(room).offset(wanted.offset)).all()
    page = ids[:PAGE_SIZE]
    rows = {row.id: row for row in db.session.execute(public_rows().where(Report.id.in_(page)))}
    further = wanted.offset + PAGE_SIZE if len(ids) > PAGE_SIZE else None
    return Listed([rows[one] for one in page], offset=further)


def _narrowed(query: Select[*tuple[Any, ...]], wanted: Filter, at: datetime) -> Select[*tuple[Any, ...]]:
    if wanted.area_code:
        if wanted.area_code == district_of(wanted.area_code):
            query = query.where(Report.district_code == wanted.area_code)
        else:
            query = query.where(Report.area_code == wanted.area_code)
    if wanted.category_code:
        query = query.where(Report.category_code == wanted.category_code)
    if wanted.kind:
        query = query.where(Report.kind == wanted.kind)
    if wanted.state:
        query = query.where(Report.state == wanted.state)
    return query.where(_is_overdue(at)) if wanted.is_overdue else query


def _is_overdue(at: datetime) -> Any:
    late = (
        select(StageDeadline.id)
        .where(
            or_(
                StageDeadline.clock_id == Report.verify_clock_id,
                StageDeadline.clock_id == Assignment.clock_id,
            ),
            StageDeadline.is_open,
            StageDeadline.due_at < at,
        )
        .exists()
    )
    # Only these have a running clock: the few of them are looked at, never the whole past.
    return and_(Report.state.in_((ReportState.SUBMITTED, ReportState.OPEN)), late)
