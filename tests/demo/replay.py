"""Tell a stored report's story again, step by step, through the services."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from portal.accounts.models import User
from portal.assignments import extensions, handovers, silence
from portal.assignments import services as assignments
from portal.assignments.models import Assignment, Extension, Response
from portal.assignments.rules import HELP, RefusalBasis, ResponseKind
from portal.categories.models import Category
from portal.db import db
from portal.deadlines import services as deadlines
from portal.ledger.models import Event
from portal.organisation.models import Agency, Official
from portal.reports import services as reports
from portal.reports.models import Message, ModeratorQuestion, Report
from portal.routing.services import Routing
from portal.surveys.models import Rating

COLUMNS = (
    "kind", "is_supervisory", "is_anonymous", "is_confidential", "state", "ending", "category_code",
    "area_code", "district_code", "title", "reporter_name", "body", "place", "lat", "lon", "received_at",
    "verified_at", "first_response_at", "first_closed_at", "closed_at", "reopened_at", "reopen_count",
    "disputed_at", "ended_at", "agency_id",
)  # fmt: skip
DUTY = (
    "title", "place", "matter", "area_code", "category_code", "is_confidential", "agency_id", "state",
    "disposed_at", "responded_at", "resolved_at", "hop_count", "decline_count", "question_count",
    "unanswered_at", "react_by", "silent_at", "disputed_at",
)  # fmt: skip
STAGE = (
    "stage", "round", "agency_id", "accountable_agency_id", "origin_at", "due_at", "original_due_at",
    "met_at", "ended_at", "is_open", "is_paused",
)  # fmt: skip
OWN_IDS = {"refusal", "response", "message", "content", "official", "to_official", "reason", "by"}
BY_ITSELF = {"disposed", "reopened", "disputed", "escalated"}
# Only services tell these in the demo city: there is nothing that they could be held against.
BY_SERVICES = {
    "answer_rated", "supporter_rated",
    "category_corrected", "duty_merged", "evidence_disputed", "handed_over", "identity_opened",
    "merged", "merged_in",
    "photo_masked", "refusal_overturned", "split", "split_off", "suggestion_answered", "suggestion_carried",
    "supporters_counted",
    "text_corrected",
}  # fmt: skip


def replayable(found: list[Report], *, least: int, more: int) -> list[Report]:
    """Reports in which each kind of event happens, and some at random."""
    seen: Counter[str] = Counter()
    chosen = set(Random(5).sample(range(len(found)), more))
    for place, report in enumerate(found):
        kinds = {event.kind for event in lines_of(report)}
        if any(seen[kind] < least for kind in kinds):
            chosen.add(place)
            seen.update(kinds)
    return [found[place] for place in sorted(chosen) if not _is_told_by_services(found[place])]


def told(report: Report) -> dict[str, Any]:
    """Everything that hangs on a report, without ids of its own and without the ladder's rungs."""
    duty = report.assignment
    return {
        "record": [
            (line.kind, line.at, {k: v for k, v in line.details.items() if k not in OWN_IDS})
            for line in lines_of(report)
            if line.kind != "escalated"
        ],
        "verification": _clock(report.verify_clock),
        "duty": duty and {name: getattr(duty, name) for name in DUTY},
        "clock": duty and _clock(duty.clock),
        "said": duty and [(one.kind, one.body, one.basis, one.at) for one in duty.responses],
        "more time": duty and [(one.days, one.is_granted, one.decided_at) for one in duty.extensions],
    }


def lines_of(report: Report) -> list[Event]:
    lines = db.select(Event).filter_by(subject=f"report:{report.number}").order_by(Event.at, Event.id)
    return list(db.session.scalars(lines))


def replayed(report: Report) -> Report:
    """The same report, filed and handled anew."""
    return _Replay(report).run()


def _clock(clock: Any) -> Any:
    lines = [(line.kind, line.at, line.stage) for line in clock.entries]
    stages = sorted(clock.stages, key=lambda row: (row.stage, row.round))
    return lines, [tuple(getattr(row, name) for name in STAGE) for row in stages]


def _is_told_by_services(report: Report) -> bool:
    said = report.assignment.responses if report.assignment else []
    return any(line.kind in BY_SERVICES for line in lines_of(report)) or any(
        one.kind in HELP or one.photos for one in said
    )


@dataclass
class _Step:
    at: datetime
    do: Callable[[], None]


class _Replay:
    def __init__(self, report: Report) -> None:
        self.old = report
        self.new: Report = None  # type: ignore[assignment]  # the first step files it

    def run(self) -> Report:
        for step in sorted(self._steps(), key=lambda step: step.at):
            step.do()
        db.session.flush()
        db.session.expire_all()
        return self.new

    def _steps(self) -> Iterator[_Step]:
        for event in lines_of(self.old):
            if event.kind not in BY_ITSELF:
                verb = getattr(self, f"_{event.kind}", self._said)
                yield _Step(event.at, lambda verb=verb, event=event: verb(event))
        if self.old.assignment:
            for note in self.old.assignment.responses:
                if note.kind is ResponseKind.NOTE:
                    yield _Step(note.at, lambda note=note: self._respond(note))

    @property
    def duty(self) -> Assignment:
        assert self.new.assignment is not None
        return self.new.assignment

    def _filed(self, event: Event) -> None:
        old, content, reporter = self.old, self.old.content, self.old.reporter
        user = db.session.get(User, reporter.user_id) if reporter.user_id else None
        self.new = reports.file_report(
            reports.Filing(
                kind=old.kind,
                title=content.title,
                body=content.body,
                category_code=event.details["category"],
                area_code=old.area_code,
                place=content.place,
                lat=content.lat,
                lon=content.lon,
                is_anonymous=old.is_anonymous,
                is_confidential=old.is_confidential,
                name=reporter.name,
                email=reporter.email,
                tracking_code=None if user else "7K3M-9QXP-T2AB",
                channel=old.channel,
                recorder=event.details.get("recorder", ""),
            ),
            by=user,
            at=event.at,
        )

    def _verified(self, event: Event) -> None:
        if not event.details["moderator"]:
            return  # its rule did it when it was filed
        disposed = next(line for line in lines_of(self.old) if line.kind == "disposed")
        agency = db.session.scalars(db.select(Agency).filter_by(code=disposed.details["agency"])).one()
        routing = Routing(agency.id, disposed.details["official"], rule_id=disposed.details["rule"])
        reports.verify(self.new, routing=routing, by=self._moderator(), at=event.at)

    def _asked_before_verification(self, event: Event) -> None:
        body = self._question(event)
        reports.ask_before_verification(self.new, body=body, by=self._moderator(), at=event.at)

    def _refused_unverified(self, event: Event) -> None:
        body = db.session.scalars(db.select(Agency).filter_by(code=event.details["outside_body"])).one()
        reports.refuse_unverified(
            self.new,
            basis=RefusalBasis(event.details["basis"]),
            outside_body=body,
            reason=self._question(event),
            by=self._moderator(),
            at=event.at,
        )

    def _corrected(self, event: Event) -> None:
        category = db.session.get_one(Category, event.details["category"])
        reports.correct(
            self.new,
            category=category,
            area=self.new.area,
            kind=self.new.kind,
            by=self._moderator(),
            at=event.at,
        )

    def _archived(self, event: Event) -> None:
        deadlines.end_capped_pause(self.new.verify_clock, at=event.at)

    def _question_lapsed(self, event: Event) -> None:
        deadlines.end_capped_pause(self.duty.clock, at=event.at)

    def _said(self, event: Event) -> None:
        self._respond(db.session.get_one(Response, event.details["response"]))

    def _respond(self, old: Response) -> None:
        by = db.session.get_one(User, old.author_id)
        assignments.respond(
            self.duty,
            kind=old.kind,
            body=old.body,
            by=by,
            at=old.at,
            basis=old.basis,
            outside_body=old.outside_body,
            duplicate_of=old.duplicate_of,
            is_approved=True,  # the agency began to ask for that only yesterday
        )

    def _transferred(self, event: Event) -> None:
        old = db.session.get_one(Response, event.details["response"])
        by = db.session.get_one(User, old.author_id)
        to = db.session.get_one(Official, old.to_official_id)
        handovers.transfer(self.duty, reason=old.body, by=by, at=old.at, to_official=to)

    def _extension_asked(self, event: Event) -> None:
        old = self._extension()
        by = db.session.get_one(User, old.asked_by_id)
        extensions.ask(self.duty, old.stage, days=old.days, reason=old.reason, by=by, at=event.at)

    def _extension_granted(self, event: Event) -> None:
        by = db.session.get_one(User, self._extension().decided_by_id)
        granted = event.kind == "extension_granted"
        extensions.decide(self.duty.extensions[0], is_granted=granted, by=by, at=event.at)

    _extension_refused = _extension_granted

    def _message(self, event: Event) -> None:
        old = db.session.get_one(Message, event.details["message"])
        reports.answer_question(self.new, body=old.body, at=event.at)

    def _verdict(self, event: Event) -> None:
        old = self._rating(self.new.reopen_count + 1)
        reports.give_verdict(self.new, verdict=old.verdict, stars=old.stars, comment=old.comment, at=event.at)

    def _closed_by_silence(self, event: Event) -> None:
        silence.close(event.at)

    def _dispute_closed(self, event: Event) -> None:
        assignments.close_dispute(self.duty, at=event.at)

    def _withdrawn(self, event: Event) -> None:
        reports.withdraw(self.new, at=event.at)

    def _extension(self) -> Extension:
        assert self.old.assignment is not None
        return self.old.assignment.extensions[0]

    def _rating(self, closure: int) -> Rating:
        assert self.old.assignment is not None
        found = db.select(Rating).filter_by(assignment_id=self.old.assignment.id, closure=closure)
        return db.session.scalars(found).one()

    def _question(self, event: Event) -> str:
        asked = db.select(ModeratorQuestion).filter_by(report_id=self.old.id, at=event.at)
        return db.session.scalars(asked).one().body

    def _moderator(self) -> User:
        return db.session.scalars(db.select(User).filter_by(email="moderator@demo.balaiwarga.example")).one()
