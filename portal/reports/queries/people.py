"""The reports of those who brought or follow them, and those that wait for somebody."""

from collections.abc import Sequence

from sqlalchemy import CompoundSelect, Select, false, or_, select, union_all
from sqlalchemy.orm import joinedload

from portal.accounts.models import User
from portal.assignments import queries as assignments
from portal.db import db
from portal.organisation import queries as organisation
from portal.reports import policy
from portal.reports.identity import sealing
from portal.reports.identity.models import SealedIdentity
from portal.reports.models import (
    Report,
    Reporter,
    Supporter,
)
from portal.reports.rules import ReportState

IN_A_LETTER = 25  # reports that a letter about lost numbers names


def ids_of(user: User) -> CompoundSelect[int]:
    """The ids of what this account filed, sealed ones among them."""
    return union_all(
        select(Reporter.report_id).where(Reporter.user_id == user.id),
        select(SealedIdentity.report_id).where(SealedIdentity.lookup.in_(sealing.lookups(user.id))),
    )


def reports_of_address(address: str) -> Sequence[Report]:
    """Reports that were filed with this address, by letter or by account, newest first. Never sealed ones:
    their numbers would stand in a letter to the address."""
    return db.session.scalars(
        select(Report)
        .join(Report.reporter)
        .outerjoin(User, User.id == Reporter.user_id)
        .where(or_(Reporter.email == address, User.email == address))
        .options(joinedload(Report.content))
        .order_by(Report.received_at.desc())
        .limit(IN_A_LETTER)
    ).all()


def follower(report: Report, user: User) -> Supporter | None:
    if not user.is_authenticated:
        return None
    return db.session.scalar(select(Supporter).filter_by(report_id=report.id, user_id=user.id))


def for_triage(user: User) -> Select[Report]:
    """Reports that wait for this moderator."""
    return of_moderator(user).where(Report.state == ReportState.SUBMITTED)


def of_moderator(user: User) -> Select[Report]:
    """Reports that this moderator may put right: never those about a unit in whose line they stand."""
    query = select(Report)
    if not policy.may_triage(user):
        return query.where(false())
    own = organisation.agencies_of_line(user)
    return query.where(or_(Report.concerned_agency_id.is_(None), Report.concerned_agency_id.not_in(own)))


def may_moderate(report: Report, user: User) -> bool:
    """Is the report one of those that this moderator may put right?"""
    return (
        db.session.scalar(of_moderator(user).with_only_columns(Report.id).filter_by(id=report.id)) is not None
    )


def may_handle(report: Report, user: User) -> bool:
    """Does the person read the report at work: by its duty, or as a moderator?"""
    if report.assignment is not None and assignments.may_still_read(report.assignment, user):
        return True
    return may_moderate(report, user)
