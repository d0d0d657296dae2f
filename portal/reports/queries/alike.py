"""Public reports that may be about the same matter as another one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, union

from portal.categories.rules import SIMILAR_RADIUS_M
from portal.db import db
from portal.organisation.models import Agency
from portal.places.rules import box_around, district_of, metres
from portal.reports import likeness
from portal.reports.likeness import Found
from portal.reports.models import Report
from portal.reports.queries import browsing
from portal.reports.rules import RECENTLY_DAYS, Ending, ReportState
from portal.search import queries as search
from portal.search import rules as words
from portal.search.models import SearchDocument

SIMILAR = 3
# Of each index the newest: what is compared stays the same few, however large the city grows.
BY_WORDS, NEARBY, IN_AREA = 100, 60, 60
ANSWERED = 400  # newest that share two words, for who may know a matter
ALIKE_READ = 12


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What somebody is about to report, as far as they have told it. The point in WGS 84 degrees."""

    title: str
    body: str = ""
    category_code: str = ""
    area_code: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_m: int = SIMILAR_RADIUS_M

    @property
    def knows_place(self) -> bool:
        return bool(self.area_code) or self.lat is not None


def similar(matter: Matter, at: datetime) -> list[tuple[Row[*tuple[Any, ...]], Found]]:
    """At most three public reports, open or resolved within 30 days, that are near or alike, the likeliest
    first, each with what it has in common. Two statements, the same on both engines."""
    sources = _sources(matter)
    if not sources:
        return []
    rows = db.session.execute(
        select(
            Report.id,
            Report.category_code,
            Report.area_code,
            Report.lat,
            Report.lon,
            _public_stems().label("stems"),
        ).where(Report.id.in_(union(*sources)), _open_or_recent(at), Report.is_confidential.is_(False))
    ).all()
    asked = likeness.said(matter.title, matter.body)
    weighed = [(found, row.id) for row in rows if (found := _weigh(matter, asked, row)) is not None]
    best = sorted(weighed, key=lambda pair: likeness.order(*pair))[:SIMILAR]
    shown = {row.id: row for row in _shown([report_id for _, report_id in best])}
    return [(shown[report_id], found) for found, report_id in best]


def answered_alike(text: str) -> list[tuple[str, Agency]]:
    """Published reports that are like a text, and the agency of the city that answered them; the likeliest
    first. One statement."""
    terms = words.terms(text)
    if not terms:
        return []
    found = search.alike("report", terms, limit=ANSWERED)
    rows = db.session.execute(
        select(Report.id, Report.number, Agency, _stems().label("stems"))
        .join(SearchDocument, SearchDocument.ref == Report.number)
        .join(found, found.c.id == SearchDocument.id)
        .join(Agency, Agency.id == Report.agency_id)
        .where(
            Report.first_response_at.is_not(None),
            Report.concerned_agency_id.is_(None),
            Report.is_supervisory.is_(False),
            Agency.is_external.is_(False),
            Agency.valid_to.is_(None),
        )
    ).all()
    title, _, body = text.partition("\n")
    asked = likeness.said(title, body)
    near = [
        (measured, row)
        for row in rows
        if (measured := likeness.compare(asked, _said(row))).alike >= likeness.LEAST_ALIKE
    ]
    near.sort(key=lambda pair: likeness.order(pair[0], pair[1].id))
    return [(row.number, row.Agency) for _, row in near[:ALIKE_READ]]


def _stems() -> ColumnElement[str]:
    """Of the title, and the beginning of all, as the index keeps them."""
    read = func.substr(SearchDocument.terms, 1, likeness.READ)
    return SearchDocument.title_terms + "\n" + read


def _public_stems() -> ColumnElement[str | None]:
    """Those of what everybody may read of a report; NULL where nobody may. A subquery for each of the few
    candidates: joined, SQLite would read all documents first, 270 ms of 200,000 instead of 10."""
    is_its = and_(SearchDocument.kind == "report", SearchDocument.ref == Report.number)
    return select(_stems()).where(is_its).correlate(Report).scalar_subquery()


def _sources(matter: Matter) -> list[Select[int]]:
    """Each index gives its newest candidates: the words', the map's and the kelurahan's."""
    sources: list[Select[int]] = []
    if terms := words.terms(f"{matter.title}\n{matter.body}"):
        hits = search.alike("report", terms, limit=BY_WORDS)
        held = select(Report.id).join(SearchDocument, SearchDocument.ref == Report.number)
        sources.append(held.join(hits, hits.c.id == SearchDocument.id))
    if matter.lat is not None and matter.lon is not None:
        south, west, north, east = box_around(matter.lat, matter.lon, matter.radius_m)
        box = (Report.lat.between(south, north), Report.lon.between(west, east))
        # By the id, which stands in the index itself: in order of receipt each row of the box was read.
        near = select(Report.id).where(*box).order_by((Report.id + 0).desc())
        sources.append(select(near.limit(NEARBY).subquery().c.id))
    if matter.area_code:
        newest = select(Report.id).order_by(Report.received_at.desc(), Report.id.desc())
        here = newest.where(Report.area_code == matter.area_code).limit(IN_AREA)
        sources.append(select(here.subquery().c.id))
    return sources


def _open_or_recent(at: datetime) -> ColumnElement[bool]:
    resolved = and_(
        Report.ending.in_((Ending.SOLVED, Ending.SILENCE)),
        Report.ended_at >= at - timedelta(days=RECENTLY_DAYS),
    )
    return or_(Report.state.in_((ReportState.OPEN, ReportState.ANSWERED)), resolved)


def _weigh(matter: Matter, asked: likeness.Said, row: Row[*tuple[Any, ...]]) -> Found | None:
    """What it has in common with the matter; None when that is not worth a look, or nobody may read it."""
    if row.stems is None:
        return None
    district = district_of(matter.area_code)
    found = likeness.compare(
        asked,
        _said(row),
        metres=_metres(matter, row),
        radius_m=matter.radius_m,
        same_category=row.category_code == matter.category_code,
        same_area=bool(matter.area_code) and row.area_code == matter.area_code,
        same_district=district is not None and district_of(row.area_code) == district,
    )
    return found if likeness.may_be_the_same(found, knows_place=matter.knows_place) else None


def _said(row: Row[*tuple[Any, ...]]) -> likeness.Said:
    title, _, whole = row.stems.partition("\n")
    return likeness.indexed(title, whole)


def _metres(matter: Matter, row: Row[*tuple[Any, ...]]) -> float | None:
    if matter.lat is None or matter.lon is None or row.lat is None or row.lon is None:
        return None
    return metres(matter.lat, matter.lon, row.lat, row.lon)


def _shown(ids: Sequence[int]) -> Sequence[Row[*tuple[Any, ...]]]:
    return db.session.execute(browsing.public_rows().where(Report.id.in_(ids))).all() if ids else []
