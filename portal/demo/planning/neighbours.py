"""Two smaller projects that stand open now, so that ideas can be given and notes pinned."""

from portal.accounts import queries as accounts
from portal.accounts.rules import Role
from portal.assignments import services as assignments
from portal.assignments.rules import ResponseKind
from portal.db import db
from portal.demo.city import ADDRESS
from portal.demo.planning import texts
from portal.demo.planning.stage import Stage, account, add_phase, turn
from portal.organisation import queries as organisation
from portal.organisation.models import Official
from portal.projects import services as projects
from portal.projects.ideas import duty
from portal.projects.ideas import services as ideas
from portal.projects.ideas.models import Idea
from portal.projects.meetings import services as meetings
from portal.projects.models import Project
from portal.projects.plans import services as plans
from portal.projects.plans.rules import PinKind
from portal.projects.plans.services import Note, Sheet
from portal.projects.rules import PhaseKind
from portal.projects.services import Facts

HARJOSARI = "12.71.09.1004"
TIMBANG_DELI = "12.71.09.1006"


def tell(stage: Stage) -> None:
    """A street for walkers, and the yard of a library."""
    _street(stage)
    _yard(stage)


def _street(stage: Stage) -> None:
    """Run by the demo's own official: some ideas of the first round wait for their status on the desk."""
    user = accounts.user_by_email(ADDRESS[Role.OFFICIAL])
    official = organisation.official_of(user) if user else None
    if official is None:
        return
    text = texts.park()["sidewalk"]
    project = _found(
        stage, official, text, category="lalu_lintas", area=HARJOSARI, slug="jalan-garu", day=-40
    )
    add_phase(stage, project, PhaseKind.COLLECT, -30, -5, "Gagasan pertama")
    add_phase(stage, project, PhaseKind.COLLECT, -2, 19, "Gagasan tambahan")
    add_phase(stage, project, PhaseKind.ANNOTATE, 33, 60)
    projects.publish(project, by=account(official), at=stage.office(-36, 9))
    turn(stage, -30)
    given = [_give(stage, project, idea) for idea in text["ideas"]]
    turn(stage, -4)
    duty.owe_statuses(stage.at(-4, 0, 5))
    turn(stage, -2)
    for answered in text["answered"]:
        _answer(stage, given[answered["idea"]], answered)
    meetings.invite(
        project,
        meetings.Invitation(
            title="Berjalan bersama menyusuri Jalan Garu",
            agenda="Menandai tempat pejalan kaki terpaksa turun ke jalan.",
            place="Gapura Jalan Garu I",
            starts_at=stage.at(6, 7),
            ends_at=stage.at(6, 9),
            capacity=40,
        ),
        at=stage.office(-3, 10),
    )


def _give(stage: Stage, project: Project, text: dict[str, str]) -> Idea:
    author, *supporters = stage.some(1 + stage.chance.randint(3, 28))
    idea = ideas.give(
        project,
        title=text["title"],
        body=text["body"],
        place=text["place"],
        area_code=HARJOSARI,
        by=author,
        at=stage.between(-29, -6),
    )
    ideas.add_supporters(idea, [one.id for one in supporters], at=stage.at(-5, 20))
    return idea


def _answer(stage: Stage, idea: Idea, text: dict[str, str]) -> None:
    if idea.assignment is None:
        return
    at = stage.world.in_office(idea.assignment.disposed_at, 1)
    if at < stage.world.at:
        assignments.respond(
            idea.assignment,
            kind=ResponseKind.ANSWER,
            body=text["reason"],
            outcome=text["outcome"],
            by=account(idea.project.official),
            at=at,
        )


def _yard(stage: Stage) -> None:
    """Its first drawing lies on the table."""
    text = texts.park()["library"]
    routed = stage.world.route("taman", TIMBANG_DELI, stage.at(-60), is_supervisory=False)
    official = db.session.get_one(Official, routed.official_id)
    project = _found(
        stage, official, text, category="taman", area=TIMBANG_DELI, slug="halaman-pustaka", day=-60
    )
    add_phase(stage, project, PhaseKind.INFORM, -55, -45)
    add_phase(stage, project, PhaseKind.ANNOTATE, -12, 14)
    add_phase(stage, project, PhaseKind.PRIORITISE, 40, 60)
    projects.publish(project, by=account(official), at=stage.office(-56, 9))
    version = plans.draft(
        project,
        Sheet(title="Rancangan pertama"),
        drawing=texts.drawing("yard-1"),
        by=account(official),
        at=stage.office(-14),
    )
    plans.publish(version, at=stage.office(-12, 8))
    turn(stage, -12)
    notes = [
        (
            Note(kind=PinKind(pin["kind"]), body=pin["text"], x=pin["x"], y=pin["y"]),
            stage.some(1)[0],
            stage.between(-11, -2),
        )
        for pin in text["pins"]
    ]
    for placed in plans.place_many(version, notes):
        others = [one for one in stage.some(stage.chance.randint(0, 12)) if one.id != placed.author_id]
        plans.support_many(placed, others, at=stage.at(-1, 20))


def _found(
    stage: Stage, official: Official, text: dict[str, str], *, category: str, area: str, slug: str, day: int
) -> Project:
    return projects.found(
        Facts(
            title=text["title"],
            story=text["story"],
            place=text["place"],
            area_code=area,
            category_code=category,
            budget=int(text["budget"]),
            budget_source="APBD Kota",
            fiscal_year=stage.on(60).year,
        ),
        official=official,
        by=account(official),
        at=stage.at(day),
        slug=slug,
    )
