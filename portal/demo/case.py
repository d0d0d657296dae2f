"""What people do to one report of the demo city, without a service per step.

Each verb leaves what the services would have left: `tests/demo` holds the two against each other.
A verb whose moment has not come yet raises Later, and the report stays as it was before.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.assignments.models import Assignment, Extension, Response
from portal.assignments.rules import EFFECTS, PUBLIC, AssignmentState, RefusalBasis, ResponseKind, Verdict
from portal.assignments.services import EVENTS
from portal.deadlines.rules.stages import Stage
from portal.demo.papers import Later, Papers
from portal.demo.world import Office, Person
from portal.reports import rules
from portal.reports.masking import mask
from portal.reports.models import EarlyRefusal, Message, ModeratorQuestion, Supporter
from portal.reports.rules import Ending, ReportState
from portal.reports.services import record
from portal.routing.services import Routing
from portal.surveys.models import Rating


@dataclass(frozen=True)
class Grounds:
    """What a refusal rests on, as `assignments.grounds.Grounds`, without a row for each body."""

    basis: RefusalBasis
    body: Office | None
    duplicate_of: str | None

    @property
    def columns(self) -> dict[str, Any]:
        body_id = self.body.id if self.body else None
        return {"basis": self.basis, "outside_body_id": body_id, "duplicate_of": self.duplicate_of}

    @property
    def details(self) -> dict[str, Any]:
        told = {
            "basis": self.basis,
            "outside_body": self.body.code if self.body else None,
            "duplicate_of": self.duplicate_of,
        }
        return {name: value for name, value in told.items() if value}


class Case(Papers):
    """A report and its verbs, to be called in the order of time."""

    # Before verification

    def ask_reporter(self, body: str, *, moderator_id: int, at: datetime) -> None:
        at = self._move_to(at)
        self.verification.pause(at=at)
        self.pause_ends_at = self.world.working_days_after(at, self.world.policy.pause_cap_days)
        self.things.append(ModeratorQuestion(author_id=moderator_id, body=body, at=at))
        self._note("asked_before_verification")

    def archive(self, *, at: datetime) -> None:
        """Nobody answered the moderator in time."""
        at = self._move_to(at)
        if self.pause_ends_at is not None:
            self.verification.resume(at=self.pause_ends_at)
            self.pause_ends_at = None
        self._end_verification(at)
        self._end(Ending.ARCHIVED)
        self._note("archived")

    def refuse_unverified(self, reason: str, *, body: Office, moderator_id: int, at: datetime) -> None:
        at = self._move_to(at)
        self._end_verification(at)
        self.report.first_response_at = self.report.first_closed_at = at
        self._end(Ending.REFUSED)
        question = ModeratorQuestion(author_id=moderator_id, body=reason, at=at)
        refusal = EarlyRefusal(
            question=question,
            basis=RefusalBasis.NOT_COMPETENT,
            outside_body_id=body.id,
            author_id=moderator_id,
            at=at,
        )
        self._note(
            "refused_unverified",
            basis=RefusalBasis.NOT_COMPETENT,
            outside_body=body.code,
            reason=record.digest(self.content, reason),
            refusal=refusal,
        )
        self.things += [question, refusal]

    def correct(self, category: str, *, at: datetime) -> None:
        self._move_to(at)
        self.report.category_code = category
        self._note("corrected", category=category, area=self.report.area_code, kind=self.report.kind.value)

    def verify(self, routing: Routing, *, moderator_id: int | None, at: datetime) -> None:
        at = self._move_to(at)
        self._end_verification(at)
        self.report.state, self.report.verified_at = ReportState.OPEN, at
        self._publish()
        self._note("verified", rule=routing.rule_id, moderator=moderator_id is not None)
        self._dispose(routing, moderator_id)
        if self.is_public:
            self.world.publishes(self.report.category_code, self.report.number)

    # The official's side

    def say(self, kind: ResponseKind, body: str, *, at: datetime, grounds: Grounds | None = None) -> None:
        at = self._move_to(at)
        duty, assignment = self._duty(), self.duty_held
        if kind is ResponseKind.QUESTION:
            duty.pause(at=at)
            self.pause_ends_at = self.world.working_days_after(at, self.world.policy.pause_cap_days)
            assignment.question_count += 1
            assignment.unanswered_at = None
        self._meet(EFFECTS[kind].meets)
        response = self._respond(kind, body, **(grounds.columns if grounds else {}))
        if kind in PUBLIC:
            self._note_duty(EVENTS[kind], response=response, **(grounds.details if grounds else {}))
        if Stage.RESPOND in EFFECTS[kind].meets:
            assignment.responded_at = assignment.responded_at or at
            self.report.first_response_at = self.report.first_response_at or at
        if EFFECTS[kind].resolves:
            self._resolve()

    def lapse(self, *, at: datetime) -> None:
        """The question reached its cap without a reply."""
        at = self._move_to(at)
        if self.pause_ends_at is not None:
            self._duty().resume(at=self.pause_ends_at)
        self.pause_ends_at = None
        self._touch().unanswered_at = at
        self._note_duty("question_lapsed")

    def transfer(self, routing: Routing, reason: str, *, at: datetime) -> None:
        at = self._move_to(at)
        assignment, office = self._touch(), self.world.offices[routing.agency_id or 0]
        response = self._respond(
            ResponseKind.TRANSFER, reason, to_agency_id=office.id, to_official_id=routing.official_id
        )
        self._note_duty(
            "transferred", response=response, to_agency=office.code, to_official=routing.official_id
        )
        self._duty().transfer(
            agency_id=office.id,
            official_id=routing.official_id,
            calendar_key=office.calendar_key,
            at=at,
        )
        self.world.lays_down(assignment.official_id, at)
        self.world.takes(routing.official_id)
        assignment.hop_count += 1
        assignment.agency_id, assignment.official_id = office.id, routing.official_id
        assignment.routing_rule_id, assignment.routing_reason = routing.rule_id, routing.reason
        self.report.agency_id, self.report.official_id = office.id, routing.official_id

    def ask_for_time(self, days: int, reason: str, *, at: datetime) -> Extension:
        at = self._move_to(at)
        assignment = self._touch()
        extension = Extension(
            stage=Stage.RESOLVE,
            days=days,
            reason=reason,
            asked_at=at,
            asked_by_id=self.world.user_of[assignment.official_id or 0],
        )
        assignment.extensions.append(extension)
        self._note_duty("extension_asked", stage=Stage.RESOLVE, days=days)
        return extension

    def decide_on_time(self, extension: Extension, *, is_granted: bool, at: datetime) -> None:
        at = self._move_to(at)
        if is_granted:
            self._duty().extend(Stage.RESOLVE, days=extension.days, asked_at=extension.asked_at, at=at)
        extension.is_granted, extension.decided_at = is_granted, at
        extension.decided_by_id = self.world.leader_of[self._touch().official_id or 0]
        kind = "extension_granted" if is_granted else "extension_refused"
        self._note_duty(kind, stage=Stage.RESOLVE, days=extension.days)

    # The resident's side

    def reply(self, body: str, *, at: datetime) -> None:
        """An answer to whoever asked."""
        at = self._move_to(at)
        is_shown = self.is_public and self.report.verified_at is not None
        message = Message(body=body, public_body=mask(body).text if is_shown else "", at=at)
        self.things.append(message)
        self._note("message", message=message, content=record.digest(self.content, body))
        if self.duty is not None:
            self._touch().unanswered_at = None
        if self.pause_ends_at is not None:
            (self.duty or self.verification).resume(at=at)
            self.pause_ends_at = None

    def judge(self, *, verdict: Verdict, stars: int | None, comment: str, at: datetime) -> None:
        """The verdict: solved or partly ends it; not solved reopens it once, then is disputed."""
        at = self._move_to(at)
        assignment = self.duty_held
        closure = self.report.reopen_count + 1
        self.things.append(Rating(closure=closure, verdict=verdict, stars=stars, comment=comment, at=at))
        self._note("verdict", verdict=verdict.value, stars=stars)
        if verdict is not Verdict.NOT:
            ending = Ending.SOLVED if verdict is Verdict.SOLVED else Ending.PARTLY
            self._end(Ending.REFUSED if self._was_refused else ending)
            self._finish_duty()
        elif self.report.reopen_count < rules.MAX_REOPENINGS:
            self._reopen(assignment)
        else:
            self.report.disputed_at = at
            duty = self._touch()
            duty.disputed_at, duty.react_by = at, None
            self._note_duty("disputed")

    def fall_silent(self, *, at: datetime) -> None:
        self._move_to(at)
        ending = Ending.REFUSED if self._was_refused else Ending.SILENCE
        self._end(ending)
        self._finish_duty().silent_at = self.now if ending is Ending.SILENCE else None
        self._note_duty("closed_by_silence", ending=ending.value)

    def close_dispute(self, *, at: datetime) -> None:
        self._move_to(at)
        self._end(Ending.DISPUTED)
        self.report.disputed_at = None
        self._finish_duty()
        self._note_duty("dispute_closed")

    def withdraw(self, *, at: datetime) -> None:
        at = self._move_to(at)
        self._end(Ending.WITHDRAWN)
        self._finish_duty().withdrawn_at = at
        self._duty().close(at=at)
        self.world.lays_down(self.duty_held.official_id, at)
        self._note_duty("withdrawn")

    def support(self, person: Person, *, at: datetime) -> None:
        """Somebody has the same matter; it does not move the report."""
        if at > self.world.at:
            raise Later
        self.things.append(Supporter(user_id=person.id, is_affected=True, at=at))
        self.report.supporter_count += 1

    # Parts of them

    @property
    def _was_refused(self) -> bool:
        """Did the last resolving response refuse?"""
        said = [one.kind for one in self.duty_held.responses if EFFECTS[one.kind].resolves]
        return bool(said) and said[-1] is ResponseKind.REFUSAL

    def _meet(self, stages: frozenset[Stage]) -> None:
        """What resolves is a first answer too, so the ledger says only the one."""
        if Stage.RESOLVE in stages:
            self._duty().meet(Stage.RESOLVE, at=self.now)
        elif Stage.RESPOND in stages and self.duty_held.responded_at is None:
            self._duty().meet(Stage.RESPOND, at=self.now)

    def _respond(self, kind: ResponseKind, body: str, **details: Any) -> Response:
        assignment = self._touch()
        response = Response(
            kind=kind,
            body=body,
            official_id=assignment.official_id,
            author_id=self.world.user_of.get(assignment.official_id or 0),
            agency_id=assignment.agency_id,
            at=self.now,
            **details,
        )
        assignment.responses.append(response)
        return response

    def _resolve(self) -> None:
        assignment, at = self.duty_held, self.now
        assignment.resolved_at = assignment.resolved_at or at
        assignment.state = AssignmentState.ANSWERED
        self._duty().close(at=at)
        self.world.lays_down(assignment.official_id, at)
        report = self.report
        report.state, report.closed_at = ReportState.ANSWERED, at
        report.first_closed_at = report.first_closed_at or at
        assignment.react_by = self.world.working_days_after(at, self.world.policy.silence_days)

    def _reopen(self, assignment: Assignment) -> None:
        at, report = self.now, self.report
        self._duty().reopen(at=at)
        self._touch().state = AssignmentState.OPEN
        assignment.ended_at = assignment.silent_at = assignment.react_by = None
        self.world.takes(assignment.official_id)
        report.state, report.reopened_at = ReportState.OPEN, at
        report.reopen_count += 1
        report.closed_at = report.ending = report.ended_at = None
        self._note("reopened")
