"""One duty with everything that its handlers may read of it; and one report that waits for a moderator."""

from typing import Any

from flask import abort
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import User
from portal.assignments import queries as assignments
from portal.assignments.models import Assignment, Draft, PendingAnswer, Response, ResponsePhoto
from portal.db import db
from portal.organisation.models import Agency, Official
from portal.places.models import Area
from portal.reports import queries as reports
from portal.reports.models import Report, ReportContent, ReportPhoto


def duty_or_404(number: str, user: User) -> Assignment:
    """A duty, as far as the person may read it; else 404."""
    return duty(number, user) or abort(404)


def duty(number: str, user: User) -> Assignment | None:
    """The same with all that was said, in one statement; None for who may not read it."""
    said = joinedload(Assignment.responses)
    statement = _numbered(number).options(
        joinedload(Assignment.agency),
        joinedload(Assignment.clock),
        joinedload(Assignment.extensions),
        joinedload(Assignment.official).joinedload(Official.supervisor),
        joinedload(Assignment.category),
        joinedload(Assignment.area).load_only(Area.name),  # its boundary is long
        joinedload(Assignment.drafts).joinedload(Draft.author).load_only(User.name),
        said.joinedload(Response.official),
        said.joinedload(Response.agency),
        said.joinedload(Response.to_agency),
        said.joinedload(Response.to_official),
        said.joinedload(Response.outside_body).joinedload(Agency.channels),
        said.joinedload(Response.photos).joinedload(ResponsePhoto.attachment),
        joinedload(Assignment.unsent_photos).joinedload(ResponsePhoto.attachment),
        joinedload(Assignment.pending).joinedload(PendingAnswer.author).load_only(User.name),
    )
    found: Assignment | None = (
        db.session.scalars(assignments.visible_to(statement, user)).unique().one_or_none()
    )
    return found


def near(number: str, user: User) -> Assignment | None:
    """A duty that lies in the person's agency or line, though they may not read it."""
    found: Assignment | None = db.session.scalar(_numbered(number).where(assignments.lies_near(user)))
    return found


def unverified(number: str, user: User) -> Report | None:
    """A report that waits for this moderator; None when it does not, or not any more."""
    statement = reports.for_triage(user).where(Report.number == number)
    found: Report | None = (
        db.session.scalars(
            statement.options(
                joinedload(Report.category),
                joinedload(Report.area).load_only(Area.name),
                joinedload(Report.content).joinedload(ReportContent.answers),
                joinedload(Report.reporter),
                joinedload(Report.photos).joinedload(ReportPhoto.attachment),
                joinedload(Report.verify_clock),
            )
        )
        .unique()
        .one_or_none()
    )
    return found


def lock(report: Report) -> None:
    """Hold the report until the transaction ends: two moderators decide one after the other."""
    db.session.refresh(report, ["state"], with_for_update={"of": Report})


def _numbered(number: str) -> Select[Any]:
    return select(Assignment).where(Assignment.number == number)
