"""Try which routing rule a matter would meet, and see why."""

from dataclasses import dataclass
from datetime import datetime

from portal.categories.models import Category
from portal.db import db
from portal.i18n import get_locale
from portal.organisation.models import Agency, Official
from portal.routing import queries, reasons, services
from portal.routing.rules import fitting


@dataclass(frozen=True)
class Trial:
    """Who would get the matter and why; `others` are the rules that fit as well, next best first."""

    reason: str
    agency: Agency | None
    official: Official | None
    rule_id: int | None
    verifies: bool
    others: list[tuple[int, str]]


def attempt(category_code: str, area_code: str, at: datetime) -> Trial | None:
    """What would happen to an ordinary report about this, filed at that moment. None: no such category."""
    category = db.session.get(Category, category_code)
    if category is None:
        return None
    routing = services.route(category_code, area_code or None, at)
    return Trial(
        reason=reasons.tell(routing.reason),
        agency=db.session.get(Agency, routing.agency_id) if routing.agency_id else None,
        official=db.session.get(Official, routing.official_id) if routing.official_id else None,
        rule_id=routing.rule_id,
        verifies=routing.verifies,
        others=_others(category_code, area_code or None, at),
    )


def category_choices() -> list[tuple[str, str]]:
    """Every category by its name in the page's language."""
    name = Category.name_en if str(get_locale()) == "en" else Category.name_id
    rows = db.session.execute(db.select(Category.code, name).order_by(Category.position, Category.code))
    return [(code, label) for code, label in rows]


def _others(category_code: str, area_code: str | None, at: datetime) -> list[tuple[int, str]]:
    day = queries.city_day(at)
    found = queries.candidate_rules([category_code], area_code, day)
    names = {one.rule.id: one.agency.name for one in found}
    rules = fitting([one.rule for one in found], category_code=category_code, area_code=area_code, on=day)
    return [(rule.id, names[rule.id]) for rule in rules[1:]]
