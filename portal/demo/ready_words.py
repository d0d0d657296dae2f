"""Canned answers of the demo's agencies, one of them already in its second version, and a half-written answer
on the official's desk."""

from datetime import datetime, timedelta

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments import drafts, policy
from portal.assignments.models import Assignment
from portal.assignments.rules import AssignmentState
from portal.canned import services
from portal.canned.models import CannedAnswer
from portal.db import db
from portal.deadlines.models import StageDeadline
from portal.demo.city import ADDRESS
from portal.demo.texts import table
from portal.organisation import queries as organisation
from portal.organisation.models import Agency

WRITTEN = timedelta(days=120)
REWRITTEN = timedelta(days=30)
TITLE = "Lampu jalan sudah menyala"
ADDED = " Terima kasih sudah ikut menjaga terangnya jalan kota."
DRAFT = (
    "Yth. Bapak/Ibu, regu kami sudah ke lokasi kemarin sore. Bagian yang rusak sudah kami catat dan "
    "bahannya sedang disiapkan di gudang."
)


def happen(at: datetime) -> None:
    _write(at - WRITTEN)
    _rewrite(at - REWRITTEN)
    _begin_an_answer(at - timedelta(minutes=40))


def _write(at: datetime) -> None:
    agencies = {agency.code: agency.id for agency in db.session.scalars(db.select(Agency))}
    for row in table("canned_answers.csv"):
        agency_id = agencies[row["agency_code"]] if row["agency_code"] else None
        services.write(row["title"], row["body"], agency_id=agency_id, by=_user(Role.ADMINISTRATOR), at=at)


def _rewrite(at: datetime) -> None:
    """The head of agency made one friendlier."""
    for canned in db.session.scalars(db.select(CannedAnswer)).all():
        newest = canned.newest
        if newest.title == TITLE:
            services.rewrite(canned, TITLE, newest.body + ADDED, by=_user(Role.HEAD), at=at)


def _begin_an_answer(at: datetime) -> None:
    """Of the official's open duties, the one that is due next and not late has a draft in its box."""
    hero = _user(Role.OFFICIAL)
    official = organisation.official_of(hero)
    if official is None:
        return
    duties = db.session.scalars(
        db.select(Assignment)
        .join(StageDeadline, StageDeadline.clock_id == Assignment.clock_id)
        .where(
            Assignment.official_id == official.id,
            Assignment.state == AssignmentState.OPEN,
            Assignment.origin == "report",
            Assignment.disposed_at < at,
            StageDeadline.is_open,
            StageDeadline.due_at > at + timedelta(hours=1),
        )
        .order_by(StageDeadline.due_at, Assignment.id)
        .limit(1)
    )
    for duty in duties:
        if policy.may_respond(hero, duty):
            fields = {"body": DRAFT}
            drafts.keep(duty, act="update", fields=fields, seen_lock=duty.lock, by=hero, at=at)


def _user(role: Role) -> User:
    found = accounts.user_by_email(ADDRESS[role])
    if found is None:
        raise LookupError(ADDRESS[role])
    return found
