"""Who may read which duty, and one duty with all that was said."""

from collections.abc import Sequence
from typing import Any, TypeVar

from flask import abort
from sqlalchemy import ColumnElement, Select, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments.models import Assignment, Extension, Response
from portal.db import db
from portal.deadlines.rules.stages import Matter
from portal.organisation import queries as organisation
from portal.organisation.models import Official

Selected = TypeVar("Selected", bound=Select[Any])


def visible_to(statement: Selected, user: User) -> Selected:
    """Only duties that the person may read: those of the own agency and of everybody below.

    Moderators read all; the inspectorate all but confidential ones outside supervisory weight. Whatever
    the role: the unit that a matter is about, and its line, never see it.
    """
    own_line = organisation.agencies_of_line(user)
    is_kept_from_me = Assignment.excluded_agency_id.in_(own_line)
    return statement.where(_reach(user), or_(Assignment.excluded_agency_id.is_(None), ~is_kept_from_me))


def may_still_read(assignment: Assignment, user: User) -> bool:
    """Is the duty still one that the person may read? After handing it on it may be not."""
    statement = select(Assignment.id).where(Assignment.id == assignment.id)
    return db.session.scalar(visible_to(statement, user)) is not None


def said(assignment: Assignment) -> Sequence[Response]:
    """All that the handling side said, internal notes too, oldest first; fills `assignment.responses`."""
    return db.session.scalars(
        select(Response)
        .where(Response.assignment_id == assignment.id)
        .options(
            joinedload(Response.official),
            joinedload(Response.agency),
            joinedload(Response.to_agency),
            joinedload(Response.to_official),
        )
        .order_by(Response.id)
    ).all()


def undecided_extensions(user: User) -> Sequence[Extension]:
    """Wishes for more time of the officials below the person, oldest first."""
    statement = (
        select(Extension)
        .join(Extension.assignment)
        .join(Assignment.official)
        .where(
            Extension.decided_at.is_(None),
            Assignment.official_id.in_(organisation.line_of(user)),
            Official.user_id.is_distinct_from(user.id),
        )
        .options(contains_eager(Extension.assignment).contains_eager(Assignment.official))
        .order_by(Extension.asked_at, Extension.id)
    )
    return db.session.scalars(visible_to(statement, user)).all()


def extension_or_404(extension_id: int, user: User) -> Extension:
    """A wish for more time, as far as the person may read its duty; else 404."""
    statement = select(Extension).join(Extension.assignment).where(Extension.id == extension_id)
    return db.session.scalar(visible_to(statement, user)) or abort(404)


def _reach(user: User) -> Any:
    if Role.MODERATOR in user.roles:
        return true()
    line = organisation.line_of(user)
    own_agency = select(Official.agency_id).where(Official.user_id == user.id)
    reach: list[ColumnElement[bool]] = [
        Assignment.official_id.in_(line),
        Assignment.agency_id.in_(own_agency),
    ]
    if Role.INSPECTORATE in user.roles:
        reach.append(Assignment.is_confidential.is_(False))
        reach.append(Assignment.matter == Matter.SUPERVISORY_COMPLAINT)
    return or_(*reach)
