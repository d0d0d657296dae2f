"""Hand a duty on: to another agency, to a colleague, or back to the moderators."""

from datetime import datetime

from portal.accounts.models import User
from portal.assignments import changes, letters, owners, services
from portal.assignments.grounds import Grounds
from portal.assignments.models import Assignment, Response
from portal.assignments.rules import MAX_HOPS, AssignmentState, RefusalBasis, ResponseKind
from portal.db import db
from portal.deadlines import services as deadlines
from portal.deadlines.rules.stages import Matter, Stage
from portal.errors import DomainError
from portal.i18n import _l, local
from portal.organisation import queries as organisation
from portal.organisation import services as workload
from portal.organisation.models import Agency, Official
from portal.routing import services as routing_services
from portal.routing.rules import Basis
from portal.routing.services import Routing


def transfer(
    assignment: Assignment,
    *,
    reason: str,
    by: User,
    at: datetime,
    to_agency: Agency | None = None,
    to_official: Official | None = None,
    expected_lock: int | None = None,
) -> Response:
    """Pass the duty to a named receiver elsewhere; respond starts anew, resolve runs on, a hop counts.

    The receiver is an agency, whose official is found, or an official of another agency.
    """
    changes.claim(assignment, expected_lock)
    agency = _receiver(assignment, to_agency, to_official)
    _check_transfer(assignment, agency, reason)
    found = _official_of(assignment, agency, to_official, at)
    response = changes.add_response(
        assignment,
        kind=ResponseKind.TRANSFER,
        body=reason,
        by=by,
        at=at,
        to_agency_id=agency.id,
        to_official_id=found.official_id,
    )
    changes.publish(response, "transferred", to_agency=agency.code, to_official=found.official_id)
    assignment.hop_count += 1
    workload.count_open(assignment.official_id, -1)
    _move(assignment, found, at=at)
    return response


def send_back(
    assignment: Assignment, *, reason: str, by: User, at: datetime, expected_lock: int | None = None
) -> Response:
    """Give the duty back to the moderators: a receiver who declines, or a holder after the last hop.

    It counts as no hop. Moderators have one working day; the resident's clock runs on meanwhile.
    """
    changes.claim(assignment, expected_lock)
    changes.check_open(assignment)
    _check_reason(reason)
    has_declined = assignment.hop_count < MAX_HOPS
    response = changes.add_response(assignment, kind=ResponseKind.TRANSFER, body=reason, by=by, at=at)
    changes.publish(response, "declined" if has_declined else "returned")
    if has_declined:
        assignment.decline_count += 1
    deadlines.resume(assignment.clock, at=at)
    assignment.state = AssignmentState.RETURNED
    assignment.triage_clock = deadlines.open_clock(
        Matter.DECLINED_TRANSFER, stages=(Stage.VERIFY,), at=at, category=assignment.category_code
    )
    workload.count_open(assignment.official_id, -1)
    return response


def redispose(
    assignment: Assignment,
    *,
    routing: Routing,
    by: User,
    at: datetime,
    expected_lock: int | None = None,
) -> None:
    """The moderators decide whose a returned duty is; respond starts anew for the new holder."""
    changes.claim(assignment, expected_lock)
    _check_returned(assignment)
    services.receiving_agency(routing.agency_id, assignment.excluded_agency_id)
    changes.touch(assignment)
    _leave_triage(assignment, at=at)
    _move(assignment, routing, at=at)
    changes.record("redisposed", assignment, at, by=by.id)


def refuse(
    assignment: Assignment,
    *,
    basis: RefusalBasis,
    body: str,
    by: User,
    at: datetime,
    outside_body: Agency | None = None,
    duplicate_of: str | None = None,
    expected_lock: int | None = None,
) -> Response:
    """The moderators refuse a returned duty themselves; it ends without a new holder."""
    changes.claim(assignment, expected_lock)
    _check_returned(assignment)
    grounds = Grounds(basis, outside_body, duplicate_of)
    services.check_words(assignment, ResponseKind.REFUSAL, body, grounds)
    _leave_triage(assignment, at=at)
    workload.count_open(assignment.official_id, +1)  # the refusal takes it off the desk again
    return services.respond(
        assignment,
        kind=ResponseKind.REFUSAL,
        body=body,
        basis=basis,
        outside_body=outside_body,
        duplicate_of=duplicate_of,
        by=by,
        at=at,
    )


def reassign(
    assignment: Assignment,
    *,
    to_official: Official,
    by: User,
    at: datetime,
    expected_lock: int | None = None,
) -> None:
    """A supervisor gives the duty to another official of the same agency: no hop, nothing restarts."""
    changes.claim(assignment, expected_lock)
    changes.check_open(assignment)
    if to_official.agency_id != assignment.agency_id:
        raise DomainError(_l("Pilih petugas dari dinas yang sama."), field="official")
    if to_official.id == assignment.official_id:
        raise DomainError(_l("Petugas itu sudah memegang tugas ini."), field="official")
    _check_line(assignment, to_official)
    organisation.check_present(to_official, local(at).date())
    changes.touch(assignment)
    deadlines.hand_over(assignment.clock, official_id=to_official.id)
    workload.count_open(assignment.official_id, -1)
    _hold(assignment, to_official.id, {"basis": Basis.SUPERVISOR}, at=at)
    changes.record("reassigned", assignment, at, by=by.id)


def _receiver(assignment: Assignment, to_agency: Agency | None, to_official: Official | None) -> Agency:
    agency = to_official.agency if to_official is not None else to_agency
    return services.receiving_agency(agency.id if agency else None, assignment.excluded_agency_id)


def _check_transfer(assignment: Assignment, agency: Agency, reason: str) -> None:
    changes.check_open(assignment)
    _check_reason(reason)
    if assignment.hop_count >= MAX_HOPS:
        raise DomainError(_l("Tugas ini sudah dua kali dialihkan. Kembalikan ke moderator untuk diputuskan."))
    if agency.id == assignment.agency_id:
        raise DomainError(_l("Tugas ini sudah berada di dinas tersebut."), field="agency")


def _check_returned(assignment: Assignment) -> None:
    if assignment.state != AssignmentState.RETURNED:
        raise DomainError(_l("Tugas ini tidak sedang menunggu keputusan moderator."))


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise DomainError(_l("Tulis alasannya."), field="body")


def _check_line(assignment: Assignment, official: Official) -> None:
    excluded = assignment.excluded_agency_id
    if excluded is not None and official.id in organisation.commanders_of(excluded):
        raise DomainError(
            _l("Urusan ini menyangkut unit petugas tersebut atau bawahannya."), field="official"
        )


def _official_of(
    assignment: Assignment, agency: Agency, to_official: Official | None, at: datetime
) -> Routing:
    """The named official, else whoever of the agency takes it by area and load."""
    if to_official is not None:
        _check_line(assignment, to_official)
        organisation.check_present(to_official, local(at).date())
        return Routing(agency.id, to_official.id, reason={"basis": Basis.TRANSFER})
    return routing_services.route_to(
        agency.id,
        assignment.area_code,
        at,
        basis=Basis.TRANSFER,
        exclude_agency_id=assignment.excluded_agency_id,
    )


def _move(assignment: Assignment, found: Routing, *, at: datetime) -> None:
    """Another agency holds the duty from now on."""
    agency = db.session.get_one(Agency, found.agency_id)
    # A question of the former holder no longer stops the new one's clock.
    deadlines.resume(assignment.clock, at=at)
    deadlines.transfer(
        assignment.clock,
        agency_id=agency.id,
        official_id=found.official_id,
        calendar_key=agency.calendar_key,
        at=at,
    )
    assignment.agency = agency
    assignment.routing_rule_id = found.rule_id
    _hold(assignment, found.official_id, found.reason, at=at)


def _hold(
    assignment: Assignment, official_id: int | None, reason: dict[str, object], *, at: datetime
) -> None:
    workload.count_open(official_id, +1)
    assignment.official_id = official_id
    assignment.routing_reason = reason
    db.session.flush()
    db.session.expire(assignment, ["official"])
    owners.of(assignment).moved(assignment, at)
    letters.tell_holder(assignment, "duty_new", at=at)


def _leave_triage(assignment: Assignment, *, at: datetime) -> None:
    clock = assignment.triage_clock
    if clock is not None:
        deadlines.meet(clock, Stage.VERIFY, at=at)
        deadlines.close(clock, at=at)
    assignment.triage_clock = None
    assignment.state = AssignmentState.OPEN
