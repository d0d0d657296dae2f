"""What is kept of one report of the demo city, row by row as the services would have kept it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from portal.assignments.models import Assignment
from portal.assignments.rules import AssignmentState
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.deadlines.rules.stages import Stage
from portal.deadlines.services import History
from portal.demo.lines import Line, escalations
from portal.demo.world import Person, World
from portal.reports import rules, tracking
from portal.reports.identity import sealing
from portal.reports.identity.sealing import Identity
from portal.reports.masking import mask
from portal.reports.models import Report, ReportContent, Reporter
from portal.reports.rules import Channel, Ending, ReportKind, ReportState
from portal.reports.services import publication, record
from portal.routing.services import Routing
from portal.search import rules as search_rules
from portal.search.models import SearchDocument
from portal.surveys.models import Rating

SEARCH_KIND = "report"
MODERATORS = "role:moderator"  # who took down what came by telephone, letter or chat


class Later(Exception):
    """What comes next has not happened yet."""


@dataclass(frozen=True, kw_only=True)
class Filed:
    """What a resident handed in."""

    kind: ReportKind
    category: str
    area_code: str
    title: str
    body: str
    place: str
    lat: float | None
    lon: float | None
    salt: str
    reporter: Person | None  # with an account
    name: str
    email: str | None
    is_anonymous: bool
    is_confidential: bool
    channel: Channel = Channel.WEB

    @property
    def door(self) -> dict[str, str]:
        """How it came in, where that was not over the site."""
        if self.channel is Channel.WEB:
            return {}
        recorder = {"recorder": MODERATORS} if self.channel in rules.RECORDED else {}
        return {"channel": self.channel.value, **recorder}


@dataclass
class Papers:
    """A report in the making with its content, clocks, duty and lines of the record."""

    world: World
    filed: Filed
    received_at: datetime
    lines: list[Line] = field(default_factory=list)
    things: list[Any] = field(default_factory=list)
    assignment: Assignment | None = None
    duty: History | None = None
    pause_ends_at: datetime | None = None

    def __post_init__(self) -> None:
        filed, at = self.filed, self.received_at
        category_class = self.world.classes[filed.category]
        is_supervisory = category_class is CategoryClass.SUPERVISORY and filed.kind is ReportKind.COMPLAINT
        self.content = ReportContent(
            title=filed.title,
            body=filed.body,
            place=filed.place,
            lat=filed.lat,
            lon=filed.lon,
            salt=filed.salt,
        )
        self.report = Report(
            number=self.world.next_number(at),
            kind=filed.kind,
            is_supervisory=is_supervisory,
            is_anonymous=filed.is_anonymous,
            is_confidential=filed.is_confidential or category_class is CategoryClass.CONFIDENTIAL,
            state=ReportState.SUBMITTED,
            category_code=filed.category,
            area_code=filed.area_code,
            channel=filed.channel,
            title="",
            body="",
            place="",
            received_at=at,
            reopen_count=0,
            supporter_count=0,
            content=self.content,
        )
        account = filed.reporter
        self.report.reporter = Reporter(
            user_id=account.id if account and not filed.is_anonymous else None,
            name="" if filed.is_anonymous else filed.name,
            email=None if filed.is_anonymous else filed.email,
            sealed=sealing.row(Identity(user_id=account.id), self.report.number)
            if account and filed.is_anonymous
            else None,
            tracking_digest=None
            if filed.reporter
            else tracking.digest_with_number(self.report.number, tracking.code("demo", filed.salt)),
        )
        self.verification = History(
            self.matter, stages=[Stage.VERIFY], at=at, category=filed.category, known=self.world.known
        )
        self.now = at
        self._note(
            "filed",
            category=filed.category,
            area=filed.area_code,
            kind=filed.kind.value,
            **filed.door,
            content=record.digest(self.content, filed.title, filed.body, filed.place),
        )

    @property
    def matter(self) -> str:
        return rules.matter_of(self.report.kind, self.report.is_supervisory, self.report.is_formal)

    @property
    def is_public(self) -> bool:
        return not self.report.is_confidential

    @property
    def duty_held(self) -> Assignment:
        """The assignment of a report that was disposed."""
        if self.assignment is None:
            raise ValueError("not disposed yet")
        return self.assignment

    # Store

    def store(self) -> None:
        """Hand everything to the session; `attach` follows after its flush."""
        now = self.world.at
        self.report.verify_clock = self.verification.store(at=now)
        for at, details in escalations(self.verification, self.report.verify_clock, now):
            self._note_at(at, "escalated", **details)
        if self.assignment is not None and self.duty is not None:
            self.assignment.clock = self.duty.store(at=now)
            self.report.assignment = self.assignment
            holder = self._holder()
            for at, details in escalations(self.duty, self.assignment.clock, now):
                self._note_at(at, "escalated", **holder, **details)
        db.session.add(self.report)

    def attach(self) -> None:
        """What names the report or its assignment by id."""
        for thing in self.things:
            if isinstance(thing, Rating):
                thing.assignment_id = self.duty_held.id
            elif not isinstance(thing, SearchDocument):
                thing.report_id = self.report.id
        db.session.add_all(self.things)

    # Parts

    def _move_to(self, at: datetime) -> datetime:
        """The moment of the next thing: never before the one before it."""
        if at > self.world.at:
            raise Later
        self.now = max(self.now, at)
        return self.now

    def _note(self, kind: str, /, **details: Any) -> None:
        self._note_at(self.now, kind, **details)

    def _note_at(self, at: datetime, kind: str, /, **details: Any) -> None:
        self.lines.append(Line(at, kind, f"report:{self.report.number}", details))

    def _note_duty(self, kind: str, /, **details: Any) -> None:
        self._note(kind, **self._holder(), **details)

    def _holder(self) -> dict[str, Any]:
        """Who holds the duty, as the record names them."""
        assignment = self.duty_held
        return {
            "agency": self.world.offices[assignment.agency_id].code,
            "official": assignment.official_id,
        }

    def _end_verification(self, at: datetime) -> None:
        self.verification.meet(Stage.VERIFY, at=at)
        self.verification.close(at=at)

    def _end(self, ending: Ending) -> None:
        report = self.report
        report.state, report.ending, report.ended_at = ReportState.CLOSED, ending, self.now
        report.closed_at = report.closed_at or self.now

    def _finish_duty(self) -> Assignment:
        duty = self._touch()
        duty.state, duty.ended_at = AssignmentState.CLOSED, self.now
        duty.disputed_at = duty.react_by = None
        return duty

    def _publish(self) -> None:
        if not self.is_public:
            return
        report, content = self.report, self.content
        report.title, report.body = mask(content.title).text, mask(content.body).text
        report.place = mask(content.place).text
        report.lat, report.lon = (
            publication.coarse(content.lat, report),
            publication.coarse(content.lon, report),
        )
        if not report.is_anonymous:
            report.reporter_name = report.reporter.name
        area = self.world.labels[str(report.area_code)]["name"]
        words = [report.title, report.body, report.place, self.world.names[report.category_code], area]
        self.things.append(
            SearchDocument(
                kind=SEARCH_KIND,
                ref=report.number,
                title=report.title,
                place=area,
                title_terms=search_rules.indexed(report.title),
                terms=search_rules.indexed("\n".join(words)),
            )
        )

    def _dispose(self, routing: Routing, moderator_id: int | None) -> None:
        office = self.world.offices[routing.agency_id or 0]
        self.duty = History(
            self.matter,
            stages=(Stage.RESPOND, Stage.RESOLVE),
            at=self.now,
            agency_id=office.id,
            official_id=routing.official_id,
            calendar_key=office.calendar_key,
            category=self.report.category_code,
            known=self.world.known,
        )
        area = self.world.labels[str(self.report.area_code)]["name"]
        self.assignment = Assignment(
            origin="report",
            number=self.report.number,
            title=self.content.title,
            place=self.content.place or area,
            matter=self.matter,
            category_code=self.report.category_code,
            area_code=self.report.area_code,
            is_confidential=self.report.is_confidential,
            agency_id=office.id,
            official_id=routing.official_id,
            state=AssignmentState.OPEN,
            routing_rule_id=routing.rule_id,
            routing_reason=routing.reason,
            received_at=self.report.received_at,
            disposed_at=self.now,
            hop_count=0,
            decline_count=0,
            question_count=0,
            lock=0,
        )
        self.report.agency_id, self.report.official_id = office.id, routing.official_id
        self.world.takes(routing.official_id)
        self._note_duty("disposed", rule=routing.rule_id, by=moderator_id)

    def _duty(self) -> History:
        if self.duty is None:
            raise ValueError("not disposed yet")
        return self.duty

    def _touch(self) -> Assignment:
        assignment = self.duty_held
        assignment.lock += 1
        return assignment
