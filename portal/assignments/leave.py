"""While an official is on leave, whoever stands in carries the duties; on the first day back they return."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import exists, or_, select

from portal.assignments import changes, leave_letters, owners
from portal.assignments.models import Assignment, LeaveHandover, Response
from portal.assignments.queries import BATCH
from portal.assignments.rules import AssignmentState, ResponseKind
from portal.categories.models import Category
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.deadlines import services as deadlines
from portal.i18n import local
from portal.jobs import batches
from portal.organisation import queries as organisation
from portal.organisation import services as workload
from portal.organisation.models import Absence, Official
from portal.organisation.queries import Presence
from portal.organisation.rules import LeaveState
from portal.routing import queries as routing

Waiting = Sequence[tuple[Absence, Assignment]]


def hand_over_leave(at: datetime, *, absence: Absence | None = None) -> bool:
    """Give the running duties of those on leave to whoever stands in: no hop, and nothing restarts.

    Each duty once for each leave, also when the leave was approved late or the work was cut short. True
    when more may wait. With `absence` only those of this leave.
    """
    today = local(at).date()
    waiting = _waiting(today, absence)
    presence = organisation.away_on(today)
    done = batches.each(waiting, lambda pair: _hand_over(pair[0], pair[1], presence, at))
    return len(waiting) == BATCH and done > 0


def give_back_leave(at: datetime) -> bool:
    """Give back what is still open and still with who stood in, to those whose leave is over."""
    today = local(at).date()
    over = _over(today)
    done = batches.each(over, lambda handover: _give_back(handover, at))
    return len(over) == BATCH and done > 0


def _waiting(today: date, absence: Absence | None) -> Waiting:
    """Open duties whose holder is on leave, each with the leave that nothing happened for yet."""
    handled = exists().where(
        LeaveHandover.absence_id == Absence.id, LeaveHandover.assignment_id == Assignment.id
    )
    statement = (
        select(Absence, Assignment)
        .join(Assignment, Assignment.official_id == Absence.official_id)
        .where(
            Absence.state == LeaveState.APPROVED,
            Absence.from_on <= today,
            Absence.to_on >= today,
            Assignment.state == AssignmentState.OPEN,
            ~handled,
        )
        .order_by(Assignment.id)
        .limit(BATCH)
    )
    if absence is not None:
        statement = statement.where(Absence.id == absence.id)
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def _over(today: date) -> Sequence[LeaveHandover]:
    """What was handed over for a leave that ended, or was called off, of somebody who is there again."""
    again = Absence.__table__.alias()
    still_away = exists().where(
        again.c.official_id == Absence.official_id,
        again.c.state == LeaveState.APPROVED,
        again.c.from_on <= today,
        again.c.to_on >= today,
    )
    return db.session.scalars(
        select(LeaveHandover)
        .join(LeaveHandover.absence)
        .where(
            LeaveHandover.settled_at.is_(None),
            or_(Absence.to_on < today, Absence.state != LeaveState.APPROVED),
            ~still_away,
        )
        .order_by(LeaveHandover.id)
        .limit(BATCH)
    ).all()


def _hand_over(absence: Absence, assignment: Assignment, presence: Presence, at: datetime) -> None:
    changes.claim(assignment)
    if assignment.state != AssignmentState.OPEN or assignment.official_id != absence.official_id:
        return  # another runner, or the holder, was quicker
    receiver_id = _receiver(assignment, absence, presence)
    db.session.add(
        LeaveHandover(absence_id=absence.id, assignment_id=assignment.id, to_official_id=receiver_id, at=at)
    )
    db.session.flush()
    if receiver_id is None:
        leave_letters.tell_it_stays(absence, assignment, presence, at=at)
        return
    _keep_note(absence, assignment, at)
    _pass_on(assignment, receiver_id, at, stands_in=True)
    changes.record("handed_over", assignment, at, from_official=absence.official_id)
    leave_letters.tell_stand_in(absence, db.session.get_one(Official, receiver_id), at=at)


def _give_back(handover: LeaveHandover, at: datetime) -> None:
    db.session.refresh(handover, with_for_update={"of": LeaveHandover})
    if handover.settled_at is not None:
        return
    assignment, absence = handover.assignment, handover.absence
    changes.claim(assignment)
    handover.settled_at = at
    official = absence.official
    is_there = organisation.is_active(official, local(at).date())
    is_there = is_there and official.id not in leave_letters.kept_out(assignment)
    if not is_there or assignment.state != AssignmentState.OPEN or not _is_still_there(handover):
        return
    _pass_on(assignment, official.id, at, stands_in=False)
    changes.record("handed_back", assignment, at)
    leave_letters.tell_back(absence, at=at)


def _is_still_there(handover: LeaveHandover) -> bool:
    """Does who stood in still hold it, or who stood in for them in turn?"""
    later = db.session.execute(
        select(Absence.official_id, LeaveHandover.to_official_id)
        .join(LeaveHandover.absence)
        .where(
            LeaveHandover.assignment_id == handover.assignment_id,
            LeaveHandover.id > handover.id,
            LeaveHandover.to_official_id.is_not(None),
        )
        .order_by(LeaveHandover.id)
    )
    holders = {handover.to_official_id} - {None}
    for from_id, to_id in later:
        if from_id in holders:
            holders.add(to_id)
    return handover.assignment.official_id in holders


def _receiver(assignment: Assignment, absence: Absence, presence: Presence) -> int | None:
    """Who stands in and may have this duty; None when it has to stay."""
    barred = leave_letters.kept_out(assignment)
    if not _is_sealed(assignment):
        return presence.stand_in(absence.official_id, lambda one: one not in barred)
    team = routing.team_of_rule(assignment.routing_rule_id, presence.day)
    present = {one.official_id: one.open_count for one in team if one.official_id not in presence.away}
    fit = present.keys() - barred
    named = presence.substitute(absence.official_id, lambda one: one in fit)
    return named if named is not None else min(fit, key=lambda one: (present[one], one), default=None)


def _is_sealed(assignment: Assignment) -> bool:
    category = db.session.get(Category, assignment.category_code) if assignment.category_code else None
    return category is not None and category.category_class is CategoryClass.CONFIDENTIAL


def _keep_note(absence: Absence, assignment: Assignment, at: datetime) -> None:
    """What the official left for who stands in, among the internal notes of the duty."""
    if not absence.note:
        return
    changes.touch(assignment)
    note = Response(
        assignment=assignment,
        kind=ResponseKind.NOTE,
        body=absence.note,
        official_id=absence.official_id,
        author_id=absence.official.user_id,
        agency_id=assignment.agency_id,
        at=at,
    )
    db.session.add(note)


def _pass_on(assignment: Assignment, official_id: int, at: datetime, *, stands_in: bool) -> None:
    """Another official answers for it from now on; the routing's reason stays."""
    changes.touch(assignment)
    deadlines.hand_over(assignment.clock, official_id=official_id)
    workload.count_open(assignment.official_id, -1)
    workload.count_open(official_id, +1)
    assignment.official_id = official_id
    reason = {name: value for name, value in assignment.routing_reason.items() if name != "stands_in"}
    assignment.routing_reason = {**reason, "stands_in": True} if stands_in and reason else reason
    db.session.flush()
    db.session.expire(assignment, ["official"])
    owners.of(assignment).moved(assignment, at)
