"""Dispose, respond, reopen, finish: what can be done with a duty. Handing it on: see handovers.py."""

from datetime import datetime

from portal.accounts.models import User
from portal.assignments import changes, letters, owners, queries
from portal.assignments.models import Assignment, Response, ResponseVersion
from portal.assignments.rules import (
    EFFECTS,
    MAY_BE_WORDLESS,
    PUBLIC,
    UNANSWERED,
    AssignmentState,
    RefusalBasis,
    ResponseKind,
)
from portal.db import db
from portal.deadlines import services as deadlines
from portal.deadlines.rules.stages import Stage
from portal.errors import DomainError
from portal.i18n import _l
from portal.organisation import services as workload
from portal.organisation.models import Agency, Official
from portal.routing.services import Routing

EVENTS = {
    ResponseKind.ACKNOWLEDGEMENT: "acknowledged",
    ResponseKind.QUESTION: "asked",
    ResponseKind.INTERIM: "updated",
    ResponseKind.ANSWER: "answered",
    ResponseKind.REFUSAL: "refused",
}


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
        stages=deadlines.stages_after_verification(matter),
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
            _l("Laporan ini menyangkut dinas tersebut, jadi tidak dapat diserahkan kepadanya."),
            field="agency",
        )
    return agency


def respond(
    assignment: Assignment,
    *,
    kind: ResponseKind,
    body: str,
    by: User,
    at: datetime,
    basis: RefusalBasis | None = None,
    outcome: str | None = None,
    expected_lock: int | None = None,
) -> Response:
    """Say something about the matter; what that does to the clock stands in `rules.EFFECTS`.

    `outcome` is one of the owner's, where it has any, and goes with an answer. A transfer is not said but
    done: see handovers.transfer.
    """
    changes.claim(assignment, expected_lock)
    if kind in PUBLIC:
        changes.check_open(assignment)
    check_words(assignment, kind, body, basis)
    _check_outcome(assignment, kind, outcome)
    if kind == ResponseKind.QUESTION:
        _ask(assignment, by=by, at=at)
    for stage in sorted(EFFECTS[kind].meets):
        deadlines.meet(assignment.clock, stage, at=at)
    response = changes.add_response(
        assignment, kind=kind, body=body, by=by, at=at, basis=basis, outcome=outcome
    )
    if kind in PUBLIC:
        chosen = {"basis": basis, "outcome": outcome}
        changes.publish(response, EVENTS[kind], **{name: value for name, value in chosen.items() if value})
    if EFFECTS[kind].resolves:
        _resolve(assignment, response)
    elif Stage.RESPOND in EFFECTS[kind].meets:
        assignment.responded_at = assignment.responded_at or at
    return response


def _check_outcome(assignment: Assignment, kind: ResponseKind, outcome: str | None) -> None:
    outcomes = owners.of(assignment).outcomes
    wanted = bool(outcomes) and kind == ResponseKind.ANSWER
    if wanted and outcome not in outcomes:
        raise DomainError(_l("Pilih keputusannya."), field="outcome")
    if outcome is not None and not wanted:
        raise DomainError(_l("Keputusan hanya diberikan bersama jawaban."), field="outcome")


def edit(response: Response, *, body: str, by: User, at: datetime) -> None:
    """Correct what was said: the former text stays as a version, and its first moment stays too."""
    text = body.strip()
    if not text:
        raise DomainError(_l("Tulis isi tanggapan."), field="body")
    if text == response.body:
        return
    response.versions.append(ResponseVersion(body=response.body, replaced_at=at, replaced_by_id=by.id))
    response.body, response.edited_at = text, at
    changes.touch(response.assignment)
    if response.kind in PUBLIC:
        changes.record("response_edited", response.assignment, at, response=response.id)


def resident_replied(assignment: Assignment, *, at: datetime) -> None:
    """The resident wrote: a clock that waited for it runs on, and the official is told."""
    changes.claim(assignment)
    changes.touch(assignment)
    letter = "duty_replied" if assignment.clock.paused_at else "duty_message"
    deadlines.resume(assignment.clock, at=at)
    assignment.unanswered_at = None
    letters.tell_holder(assignment, letter, at=at)


def question_lapsed(assignment: Assignment, *, at: datetime) -> None:
    """The question reached its cap without a reply: from now on a refusal as unclear is allowed."""
    changes.claim(assignment)
    changes.touch(assignment)
    assignment.unanswered_at = at
    changes.record("question_lapsed", assignment, at)
    letters.tell_holder(assignment, "duty_unanswered", at=at)


def reopen(assignment: Assignment, *, at: datetime, by_moderator: bool = False) -> None:
    """The answer is disputed: the duty lives again, on what was left of its clock.

    Once by the resident, a second time only by a moderator.
    """
    changes.claim(assignment)
    deadlines.reopen(assignment.clock, at=at, by_moderator=by_moderator)
    changes.touch(assignment)
    assignment.state = AssignmentState.OPEN
    assignment.ended_at = assignment.disputed_at = None
    workload.count_open(assignment.official_id, +1)
    letters.tell_holder(assignment, "duty_reopened", at=at)


def dispute(assignment: Assignment, *, at: datetime) -> None:
    """A second time not solved: moderators reopen or finish it. Nothing runs meanwhile."""
    changes.claim(assignment)
    changes.touch(assignment)
    assignment.disputed_at = at
    changes.record("disputed", assignment, at)


def withdraw(assignment: Assignment, *, at: datetime) -> None:
    """Nobody asks any more, it was taken back or merged: no answer is owed, and none is counted."""
    changes.claim(assignment)
    if assignment.state not in UNANSWERED:
        raise DomainError(_l("Tugas ini sudah selesai."))
    _end(assignment, at)
    assignment.withdrawn_at = at
    changes.record("withdrawn", assignment, at)


def finish(assignment: Assignment, *, at: datetime) -> None:
    """The matter ended for good: by the resident's verdict, by silence, or by moderators."""
    changes.claim(assignment)
    if assignment.state != AssignmentState.CLOSED:
        _end(assignment, at)


def finish_undisputed(at: datetime) -> bool:
    """Finish what was answered and not disputed in the time that there was for it. True when more may wait.

    Owners that say themselves when a matter is over are left alone.
    """
    waiting = queries.undisputed(at)
    for assignment in waiting:
        finish(assignment, at=at)
    return len(waiting) == queries.BATCH


def _end(assignment: Assignment, at: datetime) -> None:
    changes.touch(assignment)
    if assignment.state in UNANSWERED:
        deadlines.close(assignment.clock, at=at)
    if assignment.state == AssignmentState.OPEN:
        workload.count_open(assignment.official_id, -1)
    if assignment.triage_clock is not None:
        deadlines.close(assignment.triage_clock, at=at)
    assignment.state = AssignmentState.CLOSED
    assignment.ended_at, assignment.disputed_at = at, None


def check_words(assignment: Assignment, kind: ResponseKind, body: str, basis: RefusalBasis | None) -> None:
    """May this be said? Raises DomainError when words or a fitting basis are missing."""
    if kind == ResponseKind.TRANSFER:
        raise ValueError("a transfer is done by handovers.transfer")
    if not body.strip() and kind not in MAY_BE_WORDLESS:
        raise DomainError(_l("Tulis isi tanggapan."), field="body")
    if kind == ResponseKind.REFUSAL:
        _check_basis(assignment, basis)


def _check_basis(assignment: Assignment, basis: RefusalBasis | None) -> None:
    if basis is None:
        raise DomainError(_l("Pilih dasar penolakan."), field="basis")
    if basis == RefusalBasis.UNCLEAR and assignment.unanswered_at is None:
        raise DomainError(
            _l(
                "Menolak karena tidak jelas hanya boleh setelah pertanyaan kepada pelapor "
                "tidak dijawab sampai batas waktunya."
            ),
            field="basis",
        )


def _ask(assignment: Assignment, *, by: User, at: datetime) -> None:
    """A question pauses the clock; past the limit only somebody above the holder may ask."""
    holder = assignment.official
    is_above = holder is None or holder.user_id != by.id
    deadlines.pause(assignment.clock, at=at, with_supervisor=is_above)
    assignment.question_count += 1
    assignment.unanswered_at = None


def _resolve(assignment: Assignment, response: Response) -> None:
    assignment.responded_at = assignment.responded_at or response.at
    assignment.resolved_at = assignment.resolved_at or response.at
    assignment.state = AssignmentState.ANSWERED
    deadlines.close(assignment.clock, at=response.at)
    workload.count_open(assignment.official_id, -1)
    owner = owners.of(assignment)
    if response.kind == ResponseKind.REFUSAL:
        owner.refused(assignment, response)
    else:
        owner.resolved(assignment, response)
