"""What was taken down at the counter, for those who did it."""

from collections.abc import Sequence

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.accounts.models import User
from portal.accounts.policy import has
from portal.accounts.rules import Role
from portal.db import db
from portal.desk.counter.models import CounterFiling
from portal.organisation.models import Official
from portal.reports.models import Report

PAGE_SIZE = 50


def filings(user: User, official: Official | None, before_id: int | None) -> Sequence[CounterFiling]:
    """A page of what this person or their agency took down, the latest first, and one more when an older
    page follows; moderators see all. Numbers only: whoever took it down reads nothing of it later."""
    query = (
        _visible(user, official)
        .join(CounterFiling.report)
        .options(
            contains_eager(CounterFiling.report).joinedload(Report.category),
            joinedload(CounterFiling.recorded_by),
            joinedload(CounterFiling.agency),
        )
        .order_by(CounterFiling.report_id.desc())
    )
    if before_id:
        query = query.where(CounterFiling.report_id < before_id)
    return db.session.scalars(query.limit(PAGE_SIZE + 1)).all()


def filing_of(report: Report) -> CounterFiling | None:
    """Who took it down; None where it came in by itself."""
    return db.session.get(
        CounterFiling,
        report.id,
        options=[joinedload(CounterFiling.recorded_by), joinedload(CounterFiling.agency)],
    )


def _visible(user: User, official: Official | None) -> Select[CounterFiling]:
    query = select(CounterFiling)
    if has(user, Role.MODERATOR):
        return query
    own = CounterFiling.recorded_by_id == user.id
    if official is None:
        return query.where(own)
    return query.where(or_(own, CounterFiling.agency_id == official.agency_id))
