"""Give a matter to an agency: from now on somebody owes an answer."""

from datetime import datetime

from portal.accounts.models import User
from portal.assignments import changes, letters
from portal.assignments.models import Assignment
from portal.assignments.rules import AssignmentState
from portal.db import db
from portal.deadlines import services as deadlines
from portal.errors import DomainError
from portal.i18n import _l
from portal.organisation import services as workload
from portal.organisation.models import Agency, Official
from portal.routing.services import Routing


def dispose(
    *,
    origin: str,
    number: str,
    title: str,
    place: str,
    matter: str,
    category_code: str | None,
    area_code: str | None,
    routing: Routing,
    is_confidential: bool,
    excluded_agency_id: int | None,
    by: User | None,
    at: datetime,
    received_at: datetime | None = None,
) -> Assignment:
    """Give a verified matter to an agency and start its clock; `by` is None when a rule did it.

    `received_at` is when the resident brought it; None where that is the same moment. Does not flush.
    """
    agency = receiving_agency(routing.agency_id, excluded_agency_id)
    clock = deadlines.open_clock(
        matter,
        stages=deadlines.stages_after_verification(matter, at=at),
        at=at,
        agency_id=agency.id,
        official_id=routing.official_id,
        calendar_key=agency.calendar_key,
        category=category_code,
    )
    assignment = Assignment(
        origin=origin,
        number=number,
        title=title,
        place=place,
        matter=matter,
        category_code=category_code,
        area_code=area_code,
        is_confidential=is_confidential,
        excluded_agency_id=excluded_agency_id,
        clock=clock,
        agency=agency,
        official_id=routing.official_id,
        official=_official(routing.official_id),
        state=AssignmentState.OPEN,
        lock=0,
        routing_rule_id=routing.rule_id,
        routing_reason=routing.reason,
        received_at=received_at or at,
        disposed_at=at,
    )
    db.session.add(assignment)
    workload.count_open(assignment.official_id, +1)
    changes.record("disposed", assignment, at, rule=routing.rule_id, by=by.id if by else None)
    letters.tell_holder(assignment, "duty_new", at=at)
    return assignment


def _official(official_id: int | None) -> Official | None:
    return db.session.get(Official, official_id) if official_id is not None else None


def receiving_agency(agency_id: int | None, excluded_agency_id: int | None) -> Agency:
    """The agency that is to take a matter. Raises DomainError when it cannot."""
    agency = db.session.get(Agency, agency_id) if agency_id is not None else None
    if agency is None:
        raise DomainError(_l("Pilih dinas penerima."), field="agency")
    if agency.is_external:
        raise DomainError(
            _l("Lembaga di luar pemerintah kota tidak dapat menerima disposisi."), field="agency"
        )
    if agency.id == excluded_agency_id:
        raise DomainError(
            _l("Urusan ini menyangkut dinas tersebut, jadi tidak dapat diserahkan kepadanya."),
            field="agency",
        )
    return agency
