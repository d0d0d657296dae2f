"""Every room of the portal, written full by people who mean no good: a table of writers."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments import drafts, extensions, feedback
from portal.assignments import services as assignments
from portal.assignments.rules import RefusalBasis, ResponseKind, Verdict
from portal.canned import services as canned
from portal.categories.models import Category
from portal.db import db
from portal.deadlines import importers
from portal.deadlines import queries as deadlines
from portal.deadlines import services as clocks
from portal.deadlines.rules.stages import Stage
from portal.forum import queries as threads
from portal.forum import services as forum
from portal.forum.services import Photo
from portal.moderation import conversions, targets
from portal.moderation import services as moderation
from portal.moderation.rules import Action, Reason
from portal.organisation import leave
from portal.organisation.rules import LeaveKind, Rank
from portal.projects import services as projects
from portal.projects.building import monthly
from portal.projects.building import services as building
from portal.projects.building.services import Work
from portal.projects.comments import services as comments
from portal.projects.documents import services as documents
from portal.projects.ideas import duty as ideas_duty
from portal.projects.ideas import services as ideas
from portal.projects.ideas.rules import IdeaStatus
from portal.projects.meetings import services as meetings
from portal.projects.meetings.services import Invitation
from portal.projects.plans import queries as plan_queries
from portal.projects.plans import services as plans
from portal.projects.plans.rules import Fate, PinKind
from portal.projects.rules import PhaseKind
from portal.projects.voting import services as voting
from portal.reports import services as reports
from portal.reports.models import Report
from portal.reports.rules import ReportKind
from portal.routing import services as routing
from portal.statistics.editions import services as editions
from portal.statistics.editions.documents import SECTIONS
from portal.surveys import services as surveys
from tests.builders import (
    DRAWING,
    MONDAY,
    make_agency,
    make_area,
    make_category,
    make_forum_category,
    make_official,
    make_post,
    make_project,
    make_report,
    make_routing_rule,
    make_thread,
    make_user,
)
from tests.projects.pictures import jpeg
from tests.site.attacks import Ink
from tests.site.identity_attacks import write_openings
from tests.site.joint_attacks import write_joint_work
from tests.site.machine_attacks import write_machines
from tests.site.mail_attacks import write_mail
from tests.site.photo_attacks import write_beside_photos
from tests.site.question_attacks import write_questions
from tests.site.refusal_attacks import write_refusals
from tests.statistics.rows import make_case
from tests.surveys import making


class Hall:
    """People of each role, and the agency and category that everything goes to."""

    def __init__(self, ink: Ink) -> None:
        importers.seed(zone="Asia/Jakarta", at=MONDAY)
        self.ink = ink
        self.people = {role: make_user(role, name=ink.line(100)) for role in Role}
        self.neighbour, self.second = make_user(name=ink.line(100)), make_user(Role.MODERATOR)
        self.agency = make_agency(name=ink.line(150), contact=ink.text(300))
        self.head = self._staff(Role.HEAD, Rank.HEAD)
        self.official = self._staff(Role.OFFICIAL, Rank.OFFICIAL, supervisor_id=self.head.id)
        self.area = make_area(name=ink.line(100))
        words = {"name_id": ink.line(100), "name_en": ink.line(100), "description_id": ink.text(300)}
        self.category: Category = make_category(**words, description_en=ink.text(300))
        make_routing_rule(self.category, self.agency, note=ink.text(300))

    def _staff(self, role: Role, rank: Rank, **changes: object):
        words = {"name": self.ink.line(100), "position": self.ink.line(100)}
        return make_official(self.agency, user_id=self.people[role].id, rank=rank, **words, **changes)

    @property
    def resident(self) -> User:
        return self.people[Role.RESIDENT]

    @property
    def moderator(self) -> User:
        return self.people[Role.MODERATOR]

    @property
    def holder(self) -> User:
        return self.people[Role.OFFICIAL]

    def answer(self, assignment, kind=ResponseKind.ANSWER, **changes):
        """The official says it from the desk."""
        words = {"body": self.ink.text(3000), "by": self.holder, "at": MONDAY}
        return assignments.respond(assignment, kind=kind, **words, **changes)

    def project(self, *kinds: PhaseKind):
        ink = self.ink
        project = make_project(
            *kinds,
            official=self.official,
            title=ink.line(120),
            story=ink.text(20_000),
            place=ink.line(300),
            budget=1_000,
            budget_source=ink.line(200),
            category_code=self.category.code,
            area_code=self.area.code,
        )
        projects.follow(project, by=self.neighbour, at=MONDAY)
        return project


def talk(hall: Hall) -> None:
    ink, by, at = hall.ink, hall.resident, MONDAY
    words = {"name_id": ink.line(80), "name_en": ink.line(80), "description_en": ink.text(300)}
    category = make_forum_category(hall.category, **words, description_id=ink.text(300))
    thread = make_thread(
        category,
        by=by,
        title=ink.line(150),
        body=ink.text(8000),
        photos=[Photo(jpeg(), ink.line(200))],
        area_code=hall.area.code,
    )
    forum.follow(thread, by=hall.neighbour, at=at)
    forum.edit(threads.opening_of(thread), title=ink.line(150), body=ink.text(8000), at=at)
    post = make_post(thread, by=by, body=ink.text(8000), photos=[Photo(jpeg(), ink.line(200))])
    forum.edit(post, body=ink.text(8000), at=at)
    forum.ask(thread, reason=ink.text(1000), by=hall.moderator, at=at)
    hall.answer(thread.assignment, ResponseKind.INTERIM)
    answer = hall.answer(thread.assignment)
    assignments.edit(answer, body=ink.text(3000), by=hall.holder, at=at)
    forum.judge(thread, verdict=Verdict.NOT, stars=1, comment=ink.text(1000), at=at)
    make_thread(category, by=by, title=ink.line(150), body=ink.text(8000))
    refused = make_thread(category, by=by, title=ink.line(150), body=ink.text(8000))
    forum.ask(refused, reason=ink.text(1000), by=hall.moderator, at=at)
    hall.answer(refused.assignment, ResponseKind.REFUSAL, basis=RefusalBasis.UNLAWFUL)


def conversions_of_talk(hall: Hall) -> None:
    category, by = make_forum_category(hall.category), hall.resident
    values = {"kind": ReportKind.COMPLAINT, "category_code": hall.category.code, "at": MONDAY}
    thread, other = (make_thread(category, by=by, body=hall.ink.text(4000)) for _ in range(2))
    conversions.to_report(thread, title=hall.ink.line(120), **values)
    project = hall.project(PhaseKind.COLLECT)
    conversions.to_idea(other, title=hall.ink.line(120), project=project, at=MONDAY)


def planning(hall: Hall) -> None:
    ink, by, at = hall.ink, hall.resident, MONDAY
    project = hall.project(PhaseKind.INFORM, PhaseKind.COLLECT)
    phase = projects.add_phase(
        project,
        PhaseKind.DECIDE,
        opens_on=date(2026, 12, 1),
        closes_on=date(2026, 12, 9),
        title=ink.line(60),
        at=at,
    )
    days = {"opens_on": date(2026, 12, 2), "closes_on": date(2026, 12, 9)}
    projects.change_dates(phase, **days, reason=ink.text(2000), by=hall.holder, at=at)
    documents.publish(
        project, BytesIO(b"%PDF-1.7\n%%EOF\n"), title=ink.line(200), dated_on=at.date(), by=None, at=at
    )
    words = {"title": ink.line(120), "body": ink.text(4000), "place": ink.line(300)}
    idea = ideas.give(project, **words, area_code=hall.area.code, by=by, at=at)
    ideas.edit(idea, title=ink.line(120), body=ink.text(4000), place=ink.line(300), at=at)
    comment = comments.write(project, idea.subject, body=ink.text(4000), by=hall.neighbour, at=at)
    comments.edit(comment, body=ink.text(4000), at=at)
    ideas.support(idea, by=hall.neighbour, at=at)
    ideas_duty.owe_status(idea, at=at)
    hall.answer(idea.assignment, outcome=IdeaStatus.ACCEPTED)
    ideas_duty.judge(idea, verdict=Verdict.NOT, stars=2, comment=ink.text(2000), at=at)


def meeting(hall: Hall) -> None:
    ink, project = hall.ink, hall.project(PhaseKind.INFORM)

    def invitation(days: int) -> Invitation:
        starts_at = MONDAY + timedelta(days=days)
        words = {"title": ink.line(120), "agenda": ink.text(8000), "place": ink.line(300)}
        return Invitation(**words, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))

    held, cancelled = (meetings.invite(project, invitation(2), at=MONDAY) for _ in range(2))
    for one in (held, cancelled):
        meetings.register(one, by=hall.resident, at=MONDAY)
    meetings.change(held, invitation(3), at=MONDAY)
    meetings.cancel(cancelled, reason=ink.text(2000), at=MONDAY)
    after = MONDAY + timedelta(days=4)
    meetings.publish_minutes(held, minutes=ink.text(40_000), attended_count=7, at=after)


def drawing(hall: Hall) -> None:
    ink, project = hall.ink, hall.project(PhaseKind.ANNOTATE)

    def draft():
        sheet = plans.Sheet(title=ink.line(120), change_note=ink.text(2000))
        return plans.draft(project, sheet, drawing=BytesIO(DRAWING), by=hall.holder, at=MONDAY)

    def pin(version, x):
        note = plans.Note(kind=PinKind.WORRY, body=ink.text(2000), x=x, y=500)
        return plans.place(version, note, by=hall.resident, at=MONDAY)

    first = draft()
    plans.publish(first, at=MONDAY)
    pins = [pin(first, 300), pin(first, 600)]
    plans.edit(pins[0], plans.Note(kind=pins[0].kind, body=ink.text(2000), x=300, y=500), at=MONDAY)
    comments.write(project, pins[0].subject, body=ink.text(4000), by=hall.neighbour, at=MONDAY)
    second = draft()
    places = plan_queries.listed(first, plan_queries.Wanted()).places
    verdicts = [(place, plans.Verdict(fate=Fate.STILL_OPEN, reason=ink.text(1000))) for place in places]
    plans.judge(second, verdicts, by=hall.holder, at=MONDAY)
    plans.publish(second, at=MONDAY)
    draft()


def vote(hall: Hall) -> None:
    ink, project = hall.ink, hall.project(PhaseKind.PRIORITISE)
    choices = [voting.Proposal(title=ink.line(120), description=ink.text(600), cost=9) for _ in range(3)]
    plan = voting.Plan(
        question=ink.line(200),
        choices=choices,
        areas=[hall.area],
        closes_at=MONDAY + timedelta(hours=1),
    )
    held = voting.prepare(project, project.phases[0], None, plan, at=MONDAY)
    for _ in range(5):
        voting.cast(held, by=make_user(), area_code=hall.area.code, dots={1: 2, 2: 1}, at=MONDAY)
    voting.publish(held.id, at=MONDAY + timedelta(hours=2))
    rulings = {serial: voting.Ruling(serial == 1, ink.text(600)) for serial in (1, 2, 3)}
    voting.decide(held, text=ink.text(8000), rulings=rulings, at=MONDAY + timedelta(hours=3))
    coming = hall.project(PhaseKind.PRIORITISE)
    open_plan = voting.Plan(question=ink.line(200), choices=choices, areas=[hall.area])
    voting.prepare(coming, coming.phases[0], None, open_plan, at=MONDAY)


def works(hall: Hall) -> None:
    ink, today = hall.ink, MONDAY.date()
    project = hall.project(PhaseKind.BUILD)
    work = Work(title=ink.line(120), description=ink.text(1000))
    milestone = building.plan_milestone(project, work, planned_on=today, at=MONDAY)
    building.move(milestone, to_on=today + timedelta(days=9), reason=ink.text(1000), at=MONDAY)
    obstacle = building.name_obstacle(
        project, body=ink.text(1000), since_on=today, milestone=milestone, at=MONDAY
    )
    report = monthly.owe(project, date(2026, 10, 1))
    for about in (milestone, obstacle, report):
        words = {"caption": ink.line(200), "alt": ink.line(300)}
        building.show_photo(about, jpeg(), **words, taken_on=today, at=MONDAY)
    building.resolve_obstacle(obstacle, on=today, how=ink.text(1000), at=MONDAY)
    for month in (report, monthly.owe(project, date(2026, 9, 1))):
        words = {name: ink.text(8000) for name in ("achievements", "obstacles", "plan")}
        words["summary"] = ink.line(300)
        monthly.save(month, monthly.Draft(**words), seen=None, at=MONDAY)
    monthly.publish(report, monthly.Draft(**words), by=hall.holder, at=MONDAY)


def opinions(hall: Hall) -> None:
    ink = hall.ink

    def service():
        return making.make_service(hall.agency, name_id=ink.line(100), name_en=ink.line(100))

    def survey(**changes):
        extra = [(ink.line(200), ink.line(200))]
        return making.make_survey(service(), official_id=hall.official.id, extra_questions=extra, **changes)

    survey()
    surveys.close(survey(), reason=ink.text(500), at=MONDAY)
    over = survey()
    remark = making.make_remark(over, ink.text(1000))
    surveys.release(remark, by=hall.moderator, at=MONDAY)
    making.make_remark(over, ink.text(1000))
    surveys.publish_changes(
        making.published(over).survey, body=ink.text(4000), by=hall.holder, at=making.AFTER
    )
    making.make_evaluation(title=ink.line(200), agency_id=hall.agency.id, official_id=hall.official.id)


def civility(hall: Hall) -> None:
    ink = hall.ink

    def item(post):
        target = targets.find_or_404(post.subject)
        made = moderation.flag(target, reason=Reason.ABUSE, note=ink.text(1000), by=hall.neighbour, at=MONDAY)
        return made, target

    def decided():
        made, target = item(make_post(make_thread(title=ink.line(150)), by=hall.resident))
        return target, moderation.decide(
            made,
            target,
            action=Action.HIDDEN,
            reason=Reason.ABUSE,
            note=ink.text(1000),
            by=hall.moderator,
            at=MONDAY,
            expected_lock=made.lock,
            seen=target.seen,
        )

    item(make_post(make_thread(title=ink.line(150)), body=ink.text(2000), by=hall.resident))
    decided()
    _, open_one = decided()
    moderation.appeal(open_one, body=ink.text(1000), by=hall.resident, at=MONDAY)
    target, settled = decided()
    made = moderation.appeal(settled, body=ink.text(1000), by=hall.resident, at=MONDAY)
    moderation.decide_appeal(
        made,
        targets.find_or_404(target.subject),
        is_granted=True,
        note=ink.text(1000),
        by=hall.second,
        at=MONDAY,
    )


def figures(hall: Hall) -> None:
    ink = hall.ink
    for _ in range(12):
        make_case(hall.agency, hall.category, MONDAY - timedelta(days=40), answered=2, closed=5)
    days = date(2026, 10, 1), date(2026, 10, 31)
    first = editions.prepare(*days, by=hall.moderator, at=MONDAY)
    editions.comment(
        first, {name: ink.text(2000) for name in SECTIONS}, by=first.prepared_by, expected_lock=first.lock
    )
    edition = editions.confirm(first, by=hall.second, at=MONDAY)
    again = {"by": hall.moderator, "at": MONDAY, "corrects": edition}
    draft = editions.prepare(*days, **again, reason=ink.text(1000))
    editions.ask_for_confirmation(draft, at=MONDAY)
    editions.confirm(draft, by=hall.second, at=MONDAY)
    draft = editions.prepare(*days, **again, reason=ink.text(1000))
    editions.comment(
        draft, {name: ink.text(2000) for name in SECTIONS}, by=draft.prepared_by, expected_lock=draft.lock
    )


def complaints(hall: Hall) -> None:
    ink, at = hall.ink, MONDAY

    def report(**changes):
        words = {"title": ink.line(120), "body": ink.text(5000), "place": ink.line(200)}
        return make_report(hall.category, by=hall.resident, **words, area_code=hall.area.code, **changes)

    report()
    answered = report()
    hall.answer(answered.assignment, ResponseKind.QUESTION)
    reports.answer_question(answered, body=ink.text(2000), at=at)
    extensions.ask(answered.assignment, Stage.RESOLVE, days=3, reason=ink.text(1000), by=hall.holder, at=at)
    hall.answer(answered.assignment)
    reports.support(answered, by=hall.neighbour, at=at)
    opinion = {"verdict": Verdict.NOT, "stars": 1, "comment": ink.text(1000)}
    reports.rate_as_supporter(answered, by=hall.neighbour, **opinion, at=at)
    reports.rate(answered, verdict=Verdict.NOT, stars=1, comment=ink.text(1000), at=at)
    submitted = make_report(make_category(), by=hall.resident, title=ink.line(120), body=ink.text(5000))
    reports.ask_before_verification(submitted, body=ink.text(1000), by=hall.moderator, at=at)
    _put_right(hall, report(), report(at=at + timedelta(minutes=1)))


def _put_right(hall: Hall, report: Report, duplicate: Report) -> None:
    """A moderator words it anew, takes a part out, calls it something else, and merges another into it."""
    ink, by, at = hall.ink, hall.moderator, MONDAY + timedelta(hours=1)
    words = {"title": ink.line(120), "body": ink.text(3000), "place": ink.line(200)}
    reports.reword(report, **words, by=by, at=at)
    part = reports.Part(
        title=ink.line(120),
        body=ink.text(3000),
        kind=report.kind,
        category=hall.category,
        place=ink.line(200),
    )
    reports.split(report, part, by=by, at=at, routing=routing.route(hall.category.code, None, at))
    reports.change_kind(report, kind=ReportKind.SUGGESTION, reason=ink.text(500), by=by, at=at)
    reports.merge(duplicate, into=report, by=by, at=at)


def half_written(hall: Hall) -> None:
    """Canned answers, and a draft on the desk."""
    ink, by = hall.ink, hall.people[Role.ADMINISTRATOR]
    for agency_id in (None, hall.agency.id):
        words = {"title": ink.line(80), "body": _without_braces(ink.text(2000))}
        written = canned.write(**words, agency_id=agency_id, by=by, at=MONDAY)
        canned.rewrite(written, ink.line(80), _without_braces(ink.text(2000)), by=by, at=MONDAY)
    duty = make_report(hall.category, title=ink.line(120), body=ink.text(3000)).assignment
    fields = {"body": ink.text(3000), "seen": "0"}
    drafts.keep(duty, act="update", fields=fields, seen_lock=duty.lock - 1, by=hall.holder, at=MONDAY)


def _without_braces(text: str) -> str:
    """Braces are for placeholders, and unknown ones are refused."""
    return text.replace("{", "(").replace("}", ")")


def leave_and_feedback(hall: Hall) -> None:
    ink, at, duty = hall.ink, MONDAY, make_report(hall.category, by=hall.resident)
    absences = [
        leave.ask(
            hall.official,
            kind=LeaveKind.ANNUAL,
            from_on=date(2026, 12, first),
            to_on=date(2026, 12, first + 1),
            substitute=hall.head,
            note=ink.text(4000),
            by=hall.holder,
            at=at,
        )
        for first in (1, 7, 14)
    ]
    leave.approve(absences[0], by=hall.people[Role.HEAD], at=at, note=ink.text(1000))
    leave.refuse(absences[1], reason=ink.text(1000), by=hall.people[Role.HEAD], at=at)
    said = feedback.give(duty.assignment, body=ink.text(1000), by=hall.people[Role.HEAD], at=at)
    feedback.reply(said, body=ink.text(1000), at=at)


def rules_of_time(hall: Hall) -> None:
    """A decree, another policy, and why it was applied to what is open."""
    ink, at = hall.ink, MONDAY
    calendar = deadlines.all_calendars()[0]
    closed = {"on": "2027-03-01", "kind": "closure", "name": ink.line(200)}
    importers.import_holidays(calendar, [closed], at=at, decree=ink.line(200), note=ink.text(1000))
    document = deadlines.policy_versions()[0].document | {"overdue_days": 6}
    version = clocks.import_policy_version(document, at=at, note=ink.text(1000))
    clocks.apply_policy(version, reason=ink.text(1000), at=at)


WRITERS: tuple[Callable[[Hall], None], ...] = (
    talk,
    conversions_of_talk,
    planning,
    meeting,
    drawing,
    vote,
    works,
    opinions,
    civility,
    figures,
    complaints,
    half_written,
    leave_and_feedback,
    rules_of_time,
    write_machines,
    write_mail,
    write_joint_work,
    write_refusals,
    write_openings,
    write_beside_photos,
    write_questions,
)


def write_everywhere() -> Hall:
    """A hall in which every text field holds attacks."""
    hall = Hall(Ink())
    for write in WRITERS:
        write(hall)
    db.session.flush()
    return hall
