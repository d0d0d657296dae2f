"""Clients, and which categories can be filed here, with what they ask."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, exists, func, select

from portal import config
from portal.categories.models import Category
from portal.categories.questions import queries as questions
from portal.categories.questions.models import CategoryQuestion
from portal.categories.questions.rules import QuestionKind
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.i18n import _
from portal.open311.models import Open311Client, Open311Filing
from portal.open311.rules import Refused, key_digest
from portal.organisation.models import Agency
from portal.organisation.outside import labels as outside_labels
from portal.organisation.outside import queries as outside
from portal.organisation.outside.labels import Body
from portal.reports.models import Report
from portal.routing import queries as routing
from portal.routing.queries import city_day


def client_of(key: str) -> Open311Client | None:
    """The client with that key, locked: two of its requests at once are taken one after the other."""
    return db.session.scalar(
        select(Open311Client).where(Open311Client.key_digest == key_digest(key)).with_for_update()
    )


def clients() -> Sequence[Row[Open311Client, int]]:
    """Every client with the number of its reports, by name."""
    return db.session.execute(
        select(Open311Client, func.count(Open311Filing.report_id).label("report_count"))
        .outerjoin(Open311Filing, Open311Filing.client_id == Open311Client.id)
        .group_by(Open311Client.id)
        .order_by(Open311Client.name)
    ).all()


def services(at: datetime) -> list[tuple[Category, bool]]:
    """The categories that can be filed here, and whether each asks questions of its own."""
    asking = {
        code for (code,) in db.session.execute(_asked().with_only_columns(CategoryQuestion.category_code))
    }
    apart = routing.outside_codes(city_day(at)) | set(db.session.scalars(_demanding_photos()))
    return [
        (category, category.code in asking)
        for category in routing.offered_categories(at)
        if category.category_class is not CategoryClass.EMERGENCY and category.code not in apart
    ]


def service(code: str, at: datetime) -> tuple[Category, Sequence[CategoryQuestion]]:
    """A category that can be filed here, with its questions.

    Raises Refused: 404 for unknown ones, 400 for those that somebody else must hear of first.
    """
    category = next((one for one in routing.offered_categories(at) if one.code == code), None)
    if category is None:
        raise Refused(404, _("service_code ini tidak dikenal."))
    if category.category_class is CategoryClass.EMERGENCY:
        number = config.current().emergency_number
        raise Refused(400, _("Keadaan darurat tidak dilaporkan di sini. Telepon %(number)s.", number=number))
    if bodies := routing.outside_bodies(code, at):
        raise Refused(400, _elsewhere(bodies))
    asked = questions.of(code)
    if any(one.kind is QuestionKind.PHOTO and one.is_required for one in asked):
        url = config.current().public_url
        raise Refused(400, _("Bidang ini meminta foto. Laporkan di %(url)s/reports/new.", url=url))
    return category, asked


def neighbours(day: date) -> str:
    """Who answers outside the city, with the first way to reach each."""
    bodies = [outside_labels.told(one) for one in outside.neighbours(day)]
    told = _("Titik ini di luar %(city)s.", city=config.current().city_name)
    if not bodies:
        return told
    return f"{told} {_('Wilayah sekitar dilayani: %(bodies)s.', bodies='; '.join(map(_reached, bodies)))}"


def is_known(number: str) -> bool:
    return bool(db.session.scalar(select(exists().where(Report.number == number))))


def _elsewhere(bodies: Sequence[Agency]) -> str:
    told = "; ".join(_reached(outside_labels.told(one)) for one in bodies)
    return _("Urusan ini ditangani di luar pemerintah kota: %(bodies)s.", bodies=told)


def _reached(body: Body) -> str:
    name = f"{body.region}, {body.name}" if body.region else body.name
    ways = [f"{one.label} {one.value}" for one in body.channels[:2]]
    contact = ", ".join(ways) or body.contact
    return f"{name} ({contact})" if contact else name


def _asked() -> Any:
    return select(CategoryQuestion).where(CategoryQuestion.retired_at.is_(None))


def _demanding_photos() -> Any:
    return (
        _asked()
        .where(CategoryQuestion.kind == QuestionKind.PHOTO, CategoryQuestion.is_required.is_(True))
        .with_only_columns(CategoryQuestion.category_code)
    )
