"""Read a draft and what its questions offer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, case, func, or_, select
from sqlalchemy.orm import aliased

from portal.attachments.models import Attachment
from portal.categories.models import Category
from portal.db import db
from portal.organisation.models import Agency
from portal.places.models import Area
from portal.places.rules import Level
from portal.reports import tracking
from portal.reports.filing import rules
from portal.reports.filing.rules import Answers, Step
from portal.reports.models import ReportDraft
from portal.reports.services import PhotoIn
from portal.routing import queries as routing

AREA_CHOICES = 12
AREA_NAME_LENGTH = 100  # SQLite refuses patterns of many kilobytes


def draft(token: str, at: datetime, *, for_update: bool = False) -> ReportDraft | None:
    """The draft behind a token, unless it is over. `for_update` makes a double click wait its turn."""
    query = select(ReportDraft).where(
        ReportDraft.token_digest == tracking.token_digest(token), ReportDraft.expires_at > at
    )
    return db.session.scalar(query.with_for_update() if for_update else query)


def category(code: str) -> Category | None:
    return db.session.get(Category, code) if code else None


def outside_bodies(code: str, at: datetime) -> Sequence[Agency]:
    """Who answers for a category in place of the city, with every channel; none for most."""
    return routing.outside_bodies(code, at) if code else []


def extra_steps(code: str, at: datetime) -> frozenset[Step]:
    """The questions that the chosen category adds."""
    chosen = category(code)
    if chosen is None:
        return frozenset()
    return rules.added(chosen.category_class, is_outside=bool(outside_bodies(code, at)))


def photos(ids: Sequence[int]) -> list[Attachment]:
    """The draft's photos in the order they were added."""
    if not ids:
        return []
    found = db.session.scalars(select(Attachment).where(Attachment.id.in_(ids)))
    return sorted(found, key=lambda photo: ids.index(photo.id))


def photos_in(answers: Answers) -> list[PhotoIn]:
    """The photos with their words, in their order, as a report takes them."""
    words = {photo.id: photo for photo in answers.photos}
    return [PhotoIn(one, words[one.id].caption, words[one.id].alt) for one in photos(list(words))]


def areas(wanted: str) -> Sequence[Row[*tuple[Any, ...]]]:
    """Kelurahan and kecamatan by name, as (code, name, district): names repeat, so both are shown."""
    typed = wanted.strip().lower()[:AREA_NAME_LENGTH].replace("%", "").replace("_", "")
    if len(typed) < 2:
        return []
    district = aliased(Area)
    name = func.lower(Area.name)
    return db.session.execute(
        select(Area.code, Area.name, Area.level, district.name.label("district"))
        .outerjoin(district, district.code == Area.parent_code)
        .where(
            Area.level != Level.CITY,
            or_(name.contains(typed), func.lower(district.name).contains(typed)),
        )
        .order_by(
            case((name == typed, 0), (name.startswith(typed), 1), (name.contains(typed), 2), else_=3),
            Area.name,
            district.name,
        )
        .limit(AREA_CHOICES)
    ).all()


def area(code: str) -> Row[*tuple[Any, ...]] | None:
    """One area as (code, name, level, district); None when there is none of that code."""
    if not code:
        return None
    district = aliased(Area)
    return db.session.execute(
        select(Area.code, Area.name, Area.level, district.name.label("district"))
        .outerjoin(district, district.code == Area.parent_code)
        .where(Area.code == code, Area.level != Level.CITY)
    ).one_or_none()
