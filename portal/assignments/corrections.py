"""Put a running duty under the right category, and the right area.

Its clock runs on as it began: a duty keeps the policy under which it started, and nobody gains time by
renaming what they owe. Only a moderator enters or leaves a sealed category or one of supervisory weight, and
the latter makes it another kind of matter, with the limit of that kind.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments import changes, owners, queries, services
from portal.assignments.models import Assignment, Correction
from portal.assignments.rules import UNANSWERED
from portal.categories.models import Category
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.deadlines.rules.stages import Matter
from portal.errors import DomainError
from portal.i18n import _l
from portal.organisation import queries as organisation
from portal.organisation.models import Agency
from portal.places.models import Area
from portal.routing import services as routing

PROTECTED = frozenset({CategoryClass.SUPERVISORY, CategoryClass.CONFIDENTIAL})


def correct(
    assignment: Assignment,
    *,
    category: Category,
    area: Area | None,
    reason: str,
    by: User,
    at: datetime,
    concerned: Agency | None = None,
) -> Correction:
    """Correct it; an official's wish that touches a protected category waits for a moderator.

    `concerned` is the unit that a matter of supervisory weight is about.
    """
    changes.claim(assignment)
    _check(assignment, category, area, reason)
    made = Correction(
        assignment=assignment,
        former_category_code=assignment.category_code,
        former_area_code=assignment.area_code,
        category=category,
        area_code=area.code if area else None,
        reason=reason.strip(),
        asked_at=at,
        asked_by_id=by.id,
    )
    if may_decide(by) or not is_protected(assignment.category, category):
        _make(made, area, concerned, by, at)
    else:
        _check_no_wish(assignment)
        changes.touch(assignment)
        changes.record("correction_asked", assignment, at)
    db.session.add(made)
    db.session.flush()
    return made


def decide(
    correction: Correction, *, is_made: bool, by: User, at: datetime, concerned: Agency | None = None
) -> None:
    """A moderator follows an official's wish, or leaves the matter where it is."""
    assignment = correction.assignment
    changes.claim(assignment)
    db.session.refresh(correction, ["decided_at"])  # another moderator may have been faster
    if correction.decided_at is not None:
        raise DomainError(_l("Usulan ini sudah diputuskan."))
    if is_made:
        area = db.session.get(Area, correction.area_code) if correction.area_code else None
        _make(correction, area, concerned, by, at)
        return
    changes.touch(assignment)
    correction.is_made, correction.decided_at, correction.decided_by_id = False, at, by.id
    changes.record("correction_refused", assignment, at)


def is_protected(former: Category | None, category: Category) -> bool:
    """Does the correction leave or enter a category that only moderators decide about?"""
    classes = {one.category_class for one in (former, category) if one is not None}
    return bool(classes & PROTECTED)


def may_decide(user: User) -> bool:
    return bool(user.is_authenticated and Role.MODERATOR in user.roles)


def history(assignment: Assignment) -> Sequence[Correction]:
    """What was corrected or asked for, the newest first."""
    return db.session.scalars(
        select(Correction)
        .filter_by(assignment_id=assignment.id)
        .options(joinedload(Correction.former_category), joinedload(Correction.category))
        .order_by(Correction.id.desc())
    ).all()


def wishes(user: User) -> Sequence[Correction]:
    """What officials asked of the moderators, oldest first."""
    statement = (
        wished(user)
        .options(
            contains_eager(Correction.assignment),
            joinedload(Correction.former_category),
            joinedload(Correction.category),
        )
        .order_by(Correction.asked_at, Correction.id)
    )
    return db.session.scalars(statement).all()


def wished(user: User) -> Select[Correction]:
    """The same, to be counted."""
    statement = (
        select(Correction)
        .join(Correction.assignment)
        .where(Correction.decided_at.is_(None), Assignment.state.in_(UNANSWERED))
    )
    return queries.visible_to(statement, user)


def _check(assignment: Assignment, category: Category, area: Area | None, reason: str) -> None:
    if assignment.state not in UNANSWERED:
        raise DomainError(_l("Tugas ini sudah dijawab, jadi bidangnya tidak diubah lagi."))
    if not reason.strip():
        raise DomainError(_l("Tulis alasannya."), field="reason")
    area_code = area.code if area else None
    if (category.code, area_code) == (assignment.category_code, assignment.area_code):
        raise DomainError(_l("Pilih bidang atau wilayah yang lain dari sekarang."), field="category")
    if assignment.origin != "report" and category.category_class in PROTECTED:
        raise DomainError(_l("Bidang ini hanya untuk laporan."), field="category")


def _check_no_wish(assignment: Assignment) -> None:
    waiting = select(Correction.id).filter_by(assignment_id=assignment.id, decided_at=None)
    if db.session.scalar(waiting) is not None:
        raise DomainError(_l("Usulan sebelumnya masih menunggu moderator."))


def _make(
    correction: Correction, area: Area | None, concerned: Agency | None, by: User, at: datetime
) -> None:
    assignment, category = correction.assignment, correction.category
    if category.category_class is CategoryClass.SUPERVISORY and concerned is not None:
        if concerned.id == assignment.agency_id or _is_in_line_of(concerned, assignment):
            raise DomainError(
                _l("Urusan ini dipegang oleh unit yang dilaporkan. Alihkan dahulu, lalu perbaiki bidangnya."),
                field="concerned",
            )
        assignment.excluded_agency_id = concerned.id
    changes.touch(assignment)
    assignment.category, assignment.area = category, area
    assignment.category_code, assignment.area_code = category.code, area.code if area else None
    _take_care(correction, at)
    correction.is_made, correction.decided_at, correction.decided_by_id = True, at, by.id
    changes.record(
        "category_corrected",
        assignment,
        at,
        former=correction.former_category_code,
        category=category.code,
        former_area=correction.former_area_code,
        area=assignment.area_code,
    )
    owners.of(assignment).corrected(assignment, at)


def _is_in_line_of(concerned: Agency, assignment: Assignment) -> bool:
    """Does its holder work in the unit, or above somebody who does? Then nobody could go on with it."""
    return assignment.official_id in organisation.commanders_of(concerned.id)


def _take_care(correction: Correction, at: datetime) -> None:
    """What was promised stays: what is confidential remains so, and nobody who was kept out is let in."""
    assignment, category = correction.assignment, correction.category
    if category.category_class is CategoryClass.CONFIDENTIAL:
        assignment.is_confidential = True
        if correction.former_category_code != category.code:
            # The pool of the former rule is no named team: from now on the holder reads it, and the new one.
            found = routing.route(category.code, assignment.area_code, at)
            assignment.routing_rule_id = found.rule_id
    if category.category_class is CategoryClass.SUPERVISORY:
        services.change_matter(assignment, Matter.SUPERVISORY_COMPLAINT, at=at)
    elif assignment.matter == Matter.SUPERVISORY_COMPLAINT:
        services.change_matter(assignment, Matter.COMPLAINT, at=at)
