"""Who may read which duty, and one duty with all that was said."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true
from sqlalchemy.orm import aliased, contains_eager, joinedload

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments import owners
from portal.assignments.models import Assignment, Extension, Response
from portal.assignments.rules import UNANSWERED, AssignmentState, ResponseKind
from portal.categories.models import Category
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.deadlines.rules.stages import Matter
from portal.organisation import queries as organisation
from portal.organisation.models import Agency, Official
from portal.routing.models import RoutingPoolMember

BATCH = 100  # duties per transaction
Sealed = aliased(Category)  # not the category that a list shows
Selected = TypeVar("Selected", bound=Select[*tuple[Any, ...]])


def visible_to(statement: Selected, user: User) -> Selected:
    """Only duties that the person may read: those of the own agency and of everybody below.

    Moderators read all; the inspectorate all but confidential ones outside supervisory weight; whoever is
    asked for help reads that duty, too. Sealed ones are for their named team alone. Whatever the role: the
    unit that a matter is about, and its line, never see it.
    """
    return statement.where(may_read(user))


def known_to(statement: Selected, user: User) -> Selected:
    """The same, and for heads of agency also the sealed duties of their line: they answer for the
    clocks, but only `may_read` leads to the text."""
    if Role.HEAD not in user.roles:
        return visible_to(statement, user)
    return statement.where(or_(may_read(user), lies_near(user)))


def may_read(user: User) -> ColumnElement[bool]:
    """May the person read the text of a duty? As a condition on assignments."""
    return and_(_reach(user), _is_not_about_own_line(user))


def lies_near(user: User) -> ColumnElement[bool]:
    """Does a duty lie in the person's agency or line? Who cannot read it may know of its clock."""
    return and_(_line_reach(user), _is_not_about_own_line(user))


def text_for(user: User, column: Any) -> Any:
    """A text of the duties that are `known_to` the person, empty for those that they may not read."""
    return case((may_read(user), column), else_="") if Role.HEAD in user.roles else column


def is_sealed() -> ColumnElement[bool]:
    """Is the duty of a category that is always confidential and goes to a named small team?"""
    sealed = select(Sealed.code).where(Sealed.category_class == CategoryClass.CONFIDENTIAL)
    return func.coalesce(Assignment.category_code, "").in_(sealed)


def is_returned() -> ColumnElement[bool]:
    """Does a duty lie with the moderators, who decide whose it is?"""
    # Found along the index of their clocks: by the state alone all duties of the past were read. SQLite
    # takes an index for "more than nothing" where it takes none for "not null".
    returned = aliased(Assignment)
    return Assignment.id.in_(
        select(returned.id).where(returned.triage_clock_id > 0, returned.state == AssignmentState.RETURNED)
    )


def may_still_read(assignment: Assignment, user: User) -> bool:
    """Is the duty still one that the person may read? After handing it on it may be not."""
    statement = select(Assignment.id).where(Assignment.id == assignment.id)
    return db.session.scalar(visible_to(statement, user)) is not None


def public_duty(number: str) -> Assignment | None:
    """The duty of a public matter, by the matter's number; None also for a confidential one."""
    statement = select(Assignment).filter_by(number=number, is_confidential=False).options(*with_course())
    return db.session.scalars(statement).unique().one_or_none()


def with_course() -> tuple[Any, ...]:
    """What `standing` reads beside the duty, in the statement that loads it: a few rows at most."""
    return (
        joinedload(Assignment.agency),
        joinedload(Assignment.official),
        joinedload(Assignment.extensions),
        joinedload(Assignment.passes).options(joinedload(Response.agency), joinedload(Response.to_agency)),
    )


def silent(at: datetime, limit: int) -> Sequence[Assignment]:
    """Answered duties whose time for a reaction is over, held until the transaction ends."""
    return db.session.scalars(
        select(Assignment)
        .where(Assignment.state == AssignmentState.ANSWERED, Assignment.react_by <= at)
        .order_by(Assignment.react_by, Assignment.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=Assignment)
    ).all()


def awaiting_verdict(at: datetime) -> Sequence[Assignment]:
    """Answered duties to which somebody may still react; also those for whom the calendar was too short."""
    return db.session.scalars(
        select(Assignment)
        .where(
            Assignment.state == AssignmentState.ANSWERED,
            Assignment.origin.in_(owners.with_resident()),
            Assignment.disputed_at.is_(None),
            or_(Assignment.react_by > at, Assignment.react_by.is_(None)),
        )
        .options(joinedload(Assignment.clock))
    ).all()


def said(assignment: Assignment) -> Sequence[Response]:
    """All that the handling side said, internal notes too, oldest first; fills `assignment.responses`."""
    return (
        db.session.scalars(
            select(Response)
            .where(Response.assignment_id == assignment.id)
            .options(
                joinedload(Response.official),
                joinedload(Response.agency),
                joinedload(Response.to_agency),
                joinedload(Response.to_official),
                joinedload(Response.outside_body).joinedload(Agency.channels),
            )
            .order_by(Response.id)
        )
        .unique()
        .all()
    )


def open_consultations(assignment: Assignment) -> Sequence[Response]:
    """Requests for help that nobody answered yet."""
    return db.session.scalars(
        select(Response).filter_by(
            assignment_id=assignment.id, kind=ResponseKind.CONSULTATION, settled_at=None
        )
    ).all()


def asked_for_help(user: User) -> Sequence[Response]:
    """Requests for help that wait for the person, oldest first."""
    statement = (
        asked_of(user)
        .options(
            contains_eager(Response.assignment),
            joinedload(Response.official),
            joinedload(Response.agency),
        )
        .order_by(Response.at, Response.id)
    )
    return db.session.scalars(statement).all()


def asked_of(user: User) -> Select[Response]:
    """The same, to be counted."""
    statement = (
        select(Response)
        .join(Response.assignment)
        .join(Response.to_official)
        .where(
            Response.kind == ResponseKind.CONSULTATION,
            Response.settled_at.is_(None),
            Official.user_id == user.id,
            Assignment.state.in_(UNANSWERED),
        )
    )
    return visible_to(statement, user)


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


def _is_not_about_own_line(user: User) -> ColumnElement[bool]:
    """The person stands neither in the unit that the matter is about nor in its line."""
    own_line = organisation.agencies_of_line(user)
    return or_(Assignment.excluded_agency_id.is_(None), Assignment.excluded_agency_id.not_in(own_line))


def _reach(user: User) -> ColumnElement[bool]:
    if Role.MODERATOR in user.roles:
        return true()
    reach = [_line_reach(user), _is_asked(user)]
    if Role.INSPECTORATE in user.roles:
        reach.append(Assignment.is_confidential.is_(False))
        reach.append(Assignment.matter == Matter.SUPERVISORY_COMPLAINT)
    return or_(and_(~is_sealed(), or_(*reach)), and_(is_sealed(), _is_of_team(user)))


def _line_reach(user: User) -> ColumnElement[bool]:
    """It lies in the own agency, or with somebody below."""
    own_agency = select(Official.agency_id).where(Official.user_id == user.id)
    return or_(Assignment.official_id.in_(organisation.line_of(user)), Assignment.agency_id.in_(own_agency))


def _is_asked(user: User) -> ColumnElement[bool]:
    """Somebody asks the person for help, or was helped by them."""
    me = select(Official.id).where(Official.user_id == user.id)
    asked = and_(
        Response.kind == ResponseKind.CONSULTATION,
        Response.to_official_id.in_(me),
        Response.settled_at.is_(None),
    )
    helped = and_(Response.kind == ResponseKind.CONTRIBUTION, Response.official_id.in_(me))
    return Assignment.id.in_(select(Response.assignment_id).where(or_(asked, helped)))


def _is_of_team(user: User) -> ColumnElement[bool]:
    """The holder, and the pool of the rule that led there: whoever an administrator named."""
    me = select(Official.id).where(Official.user_id == user.id)
    named = select(RoutingPoolMember.rule_id).where(RoutingPoolMember.official_id.in_(me))
    return or_(Assignment.official_id.in_(me), Assignment.routing_rule_id.in_(named))
