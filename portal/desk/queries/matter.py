"""One matter with everything that its handlers may read of it."""

from typing import Any

from flask import abort
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import User
from portal.assignments import queries as assignments
from portal.assignments.models import Assignment
from portal.db import db
from portal.organisation.models import Official
from portal.places.models import Area
from portal.reports import queries as reports
from portal.reports.models import Report, ReportPhoto


def disposed_or_404(number: str, user: User) -> Report:
    """A report that was given to an agency, as far as the person may read it; else 404."""
    return disposed(number, user) or abort(404)


def disposed(number: str, user: User) -> Report | None:
    """The same with its duty, in one statement; None for who may not read it."""
    holder = joinedload(Report.assignment)
    statement = (
        _told(select(Report).join(Report.assignment))
        .where(Report.number == number)
        .options(
            holder.joinedload(Assignment.agency),
            holder.joinedload(Assignment.clock),
            holder.joinedload(Assignment.extensions),
            holder.joinedload(Assignment.official).joinedload(Official.supervisor),
        )
    )
    return _one(assignments.visible_to(statement, user))


def lies_near(number: str, user: User) -> bool:
    """Does the duty lie in the person's agency or line, though they may not read it?"""
    statement = select(Assignment.id).join(Report, Report.assignment_id == Assignment.id)
    return bool(db.session.scalar(statement.where(Report.number == number, assignments.lies_near(user))))


def unverified(number: str, user: User) -> Report | None:
    """A report that waits for this moderator; None when it does not, or not any more."""
    statement = _told(reports.for_triage(user)).where(Report.number == number)
    return _one(statement.options(joinedload(Report.verify_clock)))


def lock(report: Report) -> None:
    """Hold the report until the transaction ends: two moderators decide one after the other."""
    db.session.refresh(report, ["state"], with_for_update={"of": Report})


def _told(statement: Select[Any]) -> Select[Any]:
    return statement.options(
        joinedload(Report.category),
        joinedload(Report.area).load_only(Area.name),  # its boundary is long
        joinedload(Report.content),
        joinedload(Report.reporter),
        joinedload(Report.photos).joinedload(ReportPhoto.attachment),
    )


def _one(statement: Select[Any]) -> Report | None:
    found: Report | None = db.session.scalars(statement).unique().one_or_none()
    return found
