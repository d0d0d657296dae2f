"""The park in Medan Amplas: collected, drawn twice, voted on, built, and judged."""

from datetime import timedelta
from typing import Any

from portal.assignments import services as assignments
from portal.assignments.rules import ResponseKind
from portal.db import db
from portal.demo.planning import texts
from portal.demo.planning.building import build
from portal.demo.planning.stage import Stage, account, add_phase, turn
from portal.organisation.models import Official
from portal.places.models import Area
from portal.projects import services as projects
from portal.projects.comments import services as comments
from portal.projects.ideas import duty
from portal.projects.ideas import services as ideas
from portal.projects.ideas.models import Idea
from portal.projects.meetings import services as meetings
from portal.projects.models import Phase, Project
from portal.projects.plans import services as plans
from portal.projects.plans.models import PinPlace, PlanVersion
from portal.projects.plans.rules import Fate, PinKind
from portal.projects.plans.services import Note, Sheet, Verdict
from portal.projects.rules import PhaseKind
from portal.projects.services import Facts
from portal.projects.voting import services as voting
from portal.projects.voting.models import Vote
from portal.projects.voting.services import Proposal, Ruling

AMPLAS = "12.71.09"
HARJOSARI = "12.71.09.1005"
BUDGET = 2_400_000_000
PHASES = (
    (PhaseKind.INFORM, -520, -505),
    (PhaseKind.COLLECT, -504, -382),
    (PhaseKind.ANNOTATE, -405, -380),
    (PhaseKind.ANNOTATE, -365, -345),
    (PhaseKind.PRIORITISE, -330, -312),
    (PhaseKind.DECIDE, -311, -300),
    (PhaseKind.BUILD, -295, -60),
    (PhaseKind.EVALUATE, -40, -8),
)
VOTERS = 187


def tell(stage: Stage) -> None:
    """Everything from the announcement to what people think of it now."""
    project = _found(stage)
    given = _collect(stage, project)
    _meet(stage, project)
    _draw(stage, project, given)
    vote = _vote(stage, project, given)
    build(stage, project, given, vote)


def _found(stage: Stage) -> Project:
    routed = stage.world.route("taman", HARJOSARI, stage.at(-520), is_supervisory=False)
    official = db.session.get_one(Official, routed.official_id)
    project = projects.found(
        Facts(
            title="Taman Amplas untuk semua umur",
            story=texts.park()["story"],
            place="Jalan Sisingamangaraja, simpang Jalan Garu II, Harjosari II",
            area_code=HARJOSARI,
            category_code="taman",
            lat=3.5406,
            lon=98.7129,
            budget=BUDGET,
            budget_source="APBD Kota",
            fiscal_year=stage.on(-295).year,
        ),
        official=official,
        by=account(official),
        at=stage.office(-522),
        slug="taman-amplas",
    )
    for kind, first, last in PHASES:
        add_phase(stage, project, kind, first, last)
    projects.publish(project, by=account(official), at=stage.office(-520, 8))
    for follower in stage.some(120):
        projects.follow(project, by=follower, at=stage.between(-519, -60))
    return project


def _collect(stage: Stage, project: Project) -> dict[str, Idea]:
    """Ideas by their title, each with its status and the reason."""
    turn(stage, -520)
    turn(stage, -504)
    given: dict[str, Idea] = {}
    for text in texts.ideas():
        author, *supporters = stage.some(1 + stage.chance.randint(2, 45))
        idea = ideas.give(
            project,
            title=text["title"],
            body=text["body"],
            place=text["place"],
            area_code=HARJOSARI,
            by=author,
            at=stage.between(-504, -396),
        )
        ideas.add_supporters(idea, [one.id for one in supporters], at=stage.at(-383, 20))
        for body in texts.park()["comments"].get(text["title"], ()):
            comments.write(
                project, idea.subject, body=body, by=stage.some(1)[0], at=stage.between(-395, -383)
            )
        given[text["title"]] = idea
    turn(stage, -381)
    while duty.owe_statuses(stage.at(-381, 0, 5)):
        pass
    for text in texts.ideas():
        _decide(stage, given[text["title"]], text)
    return given


def _decide(stage: Stage, idea: Idea, text: dict[str, Any]) -> None:
    """Nearly all in time; a few took longer than the ten working days."""
    assert idea.assignment is not None  # noqa: S101  # owed since the collecting ended
    days = stage.chance.choice((2, 3, 4, 5, 5, 6, 6, 7, 8, 8, 9, 9, 10, 12))
    assignments.respond(
        idea.assignment,
        kind=ResponseKind.ANSWER,
        body=text["reason"],
        outcome=text["outcome"],
        by=account(idea.project.official),
        at=stage.world.in_office(stage.at(-381), days) + timedelta(minutes=stage.chance.randint(0, 240)),
    )


def _meet(stage: Stage, project: Project) -> None:
    for text in texts.park()["meetings"]:
        day = text["day"]
        meeting = meetings.invite(
            project,
            meetings.Invitation(
                title=text["title"],
                agenda=text["agenda"],
                place=text["place"],
                starts_at=stage.at(day, *text["begins"]),
                ends_at=stage.at(day, *text["ends"]),
                capacity=text["capacity"],
            ),
            at=stage.office(day - 14),
        )
        for guest in stage.some(min(text["attended"] + 9, text["capacity"] or 99)):
            meetings.register(meeting, by=guest, at=stage.between(day - 13, day - 1))
        meetings.publish_minutes(
            meeting,
            minutes=text["minutes"],
            attended_count=text["attended"],
            at=stage.world.in_office(stage.at(day), 2),
        )


def _draw(stage: Stage, project: Project, given: dict[str, Idea]) -> None:
    """Two versions; every note on the first has its verdict in the second."""
    official = account(project.official)
    first = plans.draft(
        project,
        Sheet(title="Rancangan pertama"),
        drawing=texts.drawing("plan-1"),
        by=official,
        at=stage.office(-408),
    )
    plans.publish(first, at=stage.office(-405, 8))
    turn(stage, -405)
    noted = _pin(stage, first, texts.pins()["first"], -404, -381)
    turn(stage, -379)
    taken_up = [given[text["title"]] for text in texts.ideas() if text["outcome"] in ("accepted", "merged")]
    second = plans.draft(
        project,
        Sheet(
            title="Rancangan kedua",
            change_note="Panggung pindah ke jalan besar, parkir mengecil, jalur landai di pintu masuk, "
            "lampu dan bangku tergambar, kebun warga di sudut barat daya.",
            ideas=taken_up,
        ),
        drawing=texts.drawing("plan-2"),
        by=official,
        at=stage.office(-374),
    )
    plans.judge(second, noted, by=official, at=stage.office(-367, 11))
    plans.publish(second, at=stage.office(-365, 15))
    turn(stage, -365)
    _pin(stage, second, texts.pins()["second"], -364, -346)
    turn(stage, -344)


def _pin(
    stage: Stage, version: PlanVersion, notes: list[dict[str, Any]], first: int, last: int
) -> list[tuple[PinPlace, Verdict]]:
    """Place the notes; returns each with the verdict that the next version gives it, where it has one."""
    written = [
        (
            Note(kind=PinKind(text["kind"]), body=text["text"], x=text["x"], y=text["y"]),
            stage.some(1)[0],
            stage.between(first, last),
        )
        for text in notes
    ]
    verdicts = []
    for pin, text in zip(plans.place_many(version, written), notes, strict=True):
        others = [one for one in stage.some(stage.chance.randint(0, 34)) if one.id != pin.author_id]
        plans.support_many(pin, others, at=stage.at(last, 21))
        for body in text.get("comments", ()):
            comments.write(
                version.project, pin.subject, body=body, by=stage.some(1)[0], at=stage.at(last, 22)
            )
        if "verdict" in text:
            verdicts.append((pin.places[0], Verdict(fate=Fate(text["verdict"]), reason=text["reason"])))
    return verdicts


def _vote(stage: Stage, project: Project, given: dict[str, Idea]) -> Vote:
    """Five dots each; counted when it closed, and decided with a reason for each choice."""
    rows = texts.park()["choices"]
    phase = _phase(project, PhaseKind.PRIORITISE)
    plan = voting.Plan(
        question="Apa yang dibangun lebih dahulu?",
        choices=[
            Proposal(
                title=row["title"], description=row["description"], cost=row["cost"], idea=given[row["idea"]]
            )
            for row in rows
        ],
        areas=[db.session.get_one(Area, AMPLAS)],
    )
    vote = voting.prepare(project, phase, None, plan, at=stage.office(-334))
    villages = list(
        db.session.scalars(db.select(Area.code).where(Area.parent_code == AMPLAS).order_by(Area.code))
    )
    weights = [row["weight"] for row in rows]
    turn(stage, -330)
    for voter in stage.some(VOTERS):
        dots: dict[int, int] = {}
        for position in stage.chance.choices(range(1, len(rows) + 1), weights, k=vote.dots):
            dots[position] = dots.get(position, 0) + 1
        area_code = stage.chance.choice(villages)
        voting.cast(vote, by=voter, area_code=area_code, dots=dots, at=stage.between(-329, -313))
    turn(stage, -311)
    voting.publish(vote.id, at=stage.at(-311, 0, 5))
    rulings = {place: Ruling(row["is_taken"], row["reason"]) for place, row in enumerate(rows, 1)}
    voting.decide(
        vote, text=texts.park()["decision"], rulings=rulings, at=stage.world.in_office(stage.at(-311), 5)
    )
    turn(stage, -299)
    return vote


def _phase(project: Project, kind: PhaseKind) -> Phase:
    return next(one for one in project.phases if one.kind == kind)
