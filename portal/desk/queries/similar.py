"""Earlier matters like one that waits for an answer, with what was answered: something to start from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, func, or_, select

from portal.assignments.models import Assignment, Response
from portal.assignments.rules import ResponseKind
from portal.db import db
from portal.places.models import Area
from portal.places.rules import district_of
from portal.reports import likeness
from portal.reports.likeness import Found, Said
from portal.reports.masking import mask
from portal.reports.models import Report
from portal.search import queries as search
from portal.search import rules
from portal.search.models import SearchDocument
from portal.surveys.models import Rating

CANDIDATES = 200  # the newest that share two words; ranked here
SHOWN = 5


@dataclass(frozen=True)
class Earlier:
    """A public matter that was answered; `took_days` are calendar days from receipt to its answer."""

    number: str
    title: str
    area: str
    answer: str
    answered_at: datetime
    took_days: int
    stars: int | None


def answered_like(assignment: Assignment, text: str) -> list[Earlier]:
    """Public reports of the same bidang or kecamatan that share words with a text and were answered, the
    most alike first. Two statements."""
    terms = rules.terms(f"{assignment.title}\n{text}")
    if not terms:
        return []
    found = search.alike("report", terms, limit=CANDIDATES)
    district = district_of(assignment.area_code)
    near = [Report.category_code == assignment.category_code]
    if district is not None:
        near.append(Report.district_code == district)
    alike: Any = (
        select(
            Assignment.id,
            Report.category_code,
            Report.district_code,
            Report.area_code,
            SearchDocument.title_terms,
            func.substr(SearchDocument.terms, 1, likeness.READ).label("terms"),
        )
        .join(Report, Report.assignment_id == Assignment.id)
        .join(SearchDocument, and_(SearchDocument.kind == "report", SearchDocument.ref == Report.number))
        .join(found, found.c.id == SearchDocument.id)
        .where(
            Assignment.id != assignment.id,
            Assignment.resolved_at.is_not(None),
            Report.is_confidential.is_(False),
            or_(*near),
        )
    )
    rows = db.session.execute(alike).all()
    asked = likeness.said(assignment.title, text)
    best = sorted(rows, key=lambda row: likeness.order(_weigh(row, asked, assignment), row.id))
    return _with_answers([row.id for row in best[:SHOWN]])


def answer_of(number: str) -> str | None:
    """The last answer of a public report, by its number; None when there is none."""
    found = _answers().where(Report.number == number).limit(1)
    row = db.session.execute(found).first()
    return mask(row.body).text if row else None


def _with_answers(assignment_ids: list[int]) -> list[Earlier]:
    """Each with its last answer, in the given order."""
    rows = db.session.execute(_answers().where(Assignment.id.in_(assignment_ids))).all()
    newest: dict[int, Row[Any]] = {}
    for row in rows:
        newest.setdefault(row.id, row)
    return [_told(newest[one]) for one in assignment_ids if one in newest]


def _answers() -> Any:
    """Answers of public reports, the newest of each first; hidden texts are not among them."""
    stars = (
        select(Rating.stars)
        .where(Rating.assignment_id == Assignment.id)
        .order_by(Rating.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(
            Assignment.id,
            Report.number,
            Report.title,
            Report.received_at,
            Area.name.label("area"),
            Response.body,
            Response.at,
            stars.label("stars"),
        )
        .join(Report, Report.assignment_id == Assignment.id)
        .join(Response, Response.assignment_id == Assignment.id)
        .outerjoin(Area, Area.code == Report.area_code)
        .where(
            Response.kind == ResponseKind.ANSWER,
            Report.is_confidential.is_(False),
            Report.title != "",
        )
        .order_by(Response.id.desc())
    )


def _told(row: Row[Any]) -> Earlier:
    return Earlier(
        number=row.number,
        title=row.title,
        area=row.area or "",
        answer=mask(row.body).text,  # officials quote what residents wrote: the public reads it so, too
        answered_at=row.at,
        took_days=(row.at - row.received_at).days,
        stars=row.stars,
    )


def _weigh(row: Row[Any], asked: Said, assignment: Assignment) -> Found:
    return likeness.compare(
        asked,
        likeness.indexed(row.title_terms, row.terms),
        same_category=row.category_code == assignment.category_code,
        same_area=assignment.area_code is not None and row.area_code == assignment.area_code,
    )
