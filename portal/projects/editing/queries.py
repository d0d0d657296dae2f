"""What a project's form offers."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal import config
from portal.accounts.models import User
from portal.accounts.policy import has
from portal.accounts.rules import Role
from portal.categories.models import Category
from portal.db import db
from portal.i18n import get_locale
from portal.organisation import queries as organisation
from portal.organisation.models import Agency, Official
from portal.projects import rules


def categories() -> list[tuple[str, str]]:
    rows = db.session.scalars(
        select(Category).where(Category.is_active.is_(True)).order_by(Category.position, Category.code)
    )
    is_english = str(get_locale()) == "en"
    return [(one.code, one.name_en if is_english else one.name_id) for one in rows]


def officials(user: User, at: datetime, *, besides: Official | None = None) -> list[tuple[int, str]]:
    """Whom the person may make responsible: leaders somebody of their line, others anybody in office;
    `besides` the one who is."""
    day = rules.local_day(at, config.current().zone)
    query = (
        select(Official)
        .join(Official.agency)
        .options(joinedload(Official.agency))
        .where(organisation.active_on(day), Agency.is_external.is_(False))
        .order_by(Agency.name, Official.name, Official.id)
    )
    if not has(user, Role.MODERATOR, Role.ADMINISTRATOR):
        query = query.where(Official.id.in_(organisation.line_of(user)))
    found = list(db.session.scalars(query))
    if besides is not None and besides not in found:
        found.insert(0, besides)
    return [(one.id, f"{one.name}, {one.position}, {one.agency.name}") for one in found]
