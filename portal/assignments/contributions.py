"""Ask a colleague or another agency for help, and stay responsible: no clock stops or is met by it."""

from datetime import datetime

from sqlalchemy import exists, select

from portal.accounts.models import User
from portal.assignments import changes, letters, queries, services
from portal.assignments.models import Assignment, Response
from portal.assignments.rules import ResponseKind
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l
from portal.organisation import queries as organisation
from portal.organisation.models import Agency, Official
from portal.routing import services as routing
from portal.routing.models import RoutingPoolMember
from portal.routing.rules import Basis


def ask(
    assignment: Assignment,
    *,
    question: str,
    by: User,
    at: datetime,
    to_agency: Agency | None = None,
    to_official: Official | None = None,
) -> Response:
    """Ask an official, or an agency, whose official is found by routing. The one asked may read the duty.

    The public learns that another agency was asked, and nothing of the words.
    """
    changes.claim(assignment)
    changes.check_open(assignment)
    if not question.strip():
        raise DomainError(_l("Tulis apa yang Anda tanyakan."), field="question")
    asked = to_official or _official_of(assignment, to_agency, at)
    _check_asked(assignment, asked)
    request = changes.add_response(
        assignment,
        kind=ResponseKind.CONSULTATION,
        body=question,
        by=by,
        at=at,
        to_agency_id=asked.agency_id,
        to_official_id=asked.id,
    )
    if asked.agency_id != assignment.agency_id:
        changes.record("help_asked", assignment, at, response=request.id, to_agency=asked.agency.code)
    letters.tell_asked(request, "help_asked", at=at)
    return request


def give(request: Response, *, body: str, by: User, at: datetime) -> Response:
    """The one who was asked answers; whoever is responsible may take the words into the answer."""
    if not body.strip():
        raise DomainError(_l("Tulis bantuan Anda."), field="body")
    return _settle(request, ResponseKind.CONTRIBUTION, body, by, at, letter="help_given")


def decline(request: Response, *, reason: str, by: User, at: datetime) -> Response:
    """The one who was asked cannot help, and says why; the duty is no longer theirs to read."""
    if not reason.strip():
        raise DomainError(_l("Tulis mengapa Anda tidak dapat membantu."), field="body")
    return _settle(request, ResponseKind.NO_HELP, reason, by, at, letter="help_declined")


def take_back(request: Response, *, at: datetime) -> None:
    """Whoever asked no longer needs it."""
    changes.claim(request.assignment)
    _check_unsettled(request)
    changes.touch(request.assignment)
    request.settled_at = at


def _settle(
    request: Response, kind: ResponseKind, body: str, by: User, at: datetime, *, letter: str
) -> Response:
    assignment = request.assignment
    changes.claim(assignment)
    _check_unsettled(request)
    response = changes.add_response(assignment, kind=kind, body=body, by=by, at=at, asked_id=request.id)
    response.agency_id = request.to_agency_id or assignment.agency_id
    request.settled_at = at
    letters.tell_holder(assignment, letter, at=at)
    return response


def _check_unsettled(request: Response) -> None:
    db.session.refresh(request, ["settled_at"])
    if request.settled_at is not None:
        raise DomainError(_l("Permintaan bantuan ini sudah dijawab atau ditarik kembali."))


def _official_of(assignment: Assignment, agency: Agency | None, at: datetime) -> Official:
    found = services.receiving_agency(agency.id if agency else None, assignment.excluded_agency_id)
    route = routing.route_to(
        found.id,
        assignment.area_code,
        at,
        basis=Basis.TRANSFER,
        exclude_agency_id=assignment.excluded_agency_id,
    )
    official = db.session.get(Official, route.official_id) if route.official_id is not None else None
    if official is None:
        raise DomainError(
            _l("Dinas ini belum memiliki petugas untuk wilayahnya. Pilih orangnya."), field="official"
        )
    return official


def _check_asked(assignment: Assignment, official: Official) -> None:
    """Never the holder, never the line that the matter is about, and of a sealed matter only its team."""
    if official.id == assignment.official_id:
        raise DomainError(_l("Petugas itu yang memegang tugas ini."), field="official")
    services.receiving_agency(official.agency_id, assignment.excluded_agency_id)
    excluded = assignment.excluded_agency_id
    if excluded is not None and official.id in organisation.commanders_of(excluded):
        raise DomainError(
            _l("Urusan ini menyangkut unit petugas tersebut atau bawahannya."), field="official"
        )
    if is_sealed(assignment) and not _is_of_team(assignment, official):
        raise DomainError(
            _l("Urusan ini rahasia. Hanya anggota tim yang ditunjuk yang boleh membacanya."), field="official"
        )
    if any(one.to_official_id == official.id for one in queries.open_consultations(assignment)):
        raise DomainError(_l("Petugas ini sudah dimintai bantuan dan belum menjawab."), field="official")


def is_sealed(assignment: Assignment) -> bool:
    """Only a named team reads it."""
    category = assignment.category
    return category is not None and category.category_class is CategoryClass.CONFIDENTIAL


def _is_of_team(assignment: Assignment, official: Official) -> bool:
    named = exists().where(
        RoutingPoolMember.rule_id == assignment.routing_rule_id, RoutingPoolMember.official_id == official.id
    )
    return bool(db.session.scalar(select(named)))
