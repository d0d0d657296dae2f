"""The park being built: milestones of which two slipped, obstacles, monthly reports, and the evaluation."""

from typing import Any

from portal.accounts import queries as accounts
from portal.accounts.rules import Role
from portal.db import db
from portal.demo.planning import texts
from portal.demo.planning.stage import Stage, account, turn
from portal.projects.building import jobs, monthly, queries
from portal.projects.building import services as building
from portal.projects.building.models import Milestone, MonthlyReport
from portal.projects.building.services import Work
from portal.projects.ideas.models import Idea
from portal.projects.models import Project
from portal.projects.voting.models import Vote
from portal.surveys import queries as surveys
from portal.surveys import services as survey_services
from portal.surveys.models import SurveyRemark

BEGUN = -295  # the first day of building
ANSWERS = 74
# How the park is judged: shares of 1 to 4 for each question.
SCORES = {"E1": (2, 8, 40, 24), "E2": (1, 4, 30, 39), "E3": (2, 14, 42, 16), "E4": (4, 15, 38, 17)}
REMARK = "E5"
# Which winning choice a milestone makes real, by their places; the others follow from ideas alone.
CHOICES = {1: 3, 4: 1, 5: 2, 6: 4, 7: 5, 8: 7}


def build(stage: Stage, project: Project, given: dict[str, Idea], vote: Vote) -> None:
    """From the first milestone to what residents think of the result."""
    turn(stage, BEGUN)
    milestones = [
        _plan(stage, project, vote, place, row) for place, row in enumerate(texts.park()["milestones"], 1)
    ]
    for row in texts.park()["obstacles"]:
        obstacle = building.name_obstacle(
            project,
            body=row["body"],
            since_on=stage.on(BEGUN + row["since"]),
            at=stage.at(BEGUN + row["since"], 15),
        )
        building.resolve_obstacle(
            obstacle,
            on=stage.on(BEGUN + row["resolved"]),
            how=row["how"],
            at=stage.at(BEGUN + row["resolved"], 16),
        )
    for milestone, row in zip(milestones, texts.park()["milestones"], strict=True):
        _progress(stage, milestone, row)
    _report(stage, project)
    turn(stage, -59)
    _evaluate(stage, project)


def _plan(stage: Stage, project: Project, vote: Vote, place: int, row: dict[str, Any]) -> Milestone:
    choices = {choice.position: choice for choice in vote.choices}
    return building.plan_milestone(
        project,
        Work(
            title=row["title"],
            description=row["description"],
            weight=row["weight"],
            choice=choices.get(CHOICES.get(place, 0)),
        ),
        planned_on=stage.on(BEGUN + row["planned"]),
        at=stage.office(BEGUN - 3, 13),
    )


def _progress(stage: Stage, milestone: Milestone, row: dict[str, Any]) -> None:
    """A slip is said with its reason before the planned day."""
    if row["slip"]:
        building.move(
            milestone,
            to_on=stage.on(BEGUN + row["actual"]),
            reason=row["slip"],
            at=stage.office(BEGUN + row["planned"] - 6, 11),
        )
    building.finish(milestone, on=stage.on(BEGUN + row["actual"]), at=stage.at(BEGUN + row["actual"], 16))


def _report(stage: Stage, project: Project) -> None:
    """One report for each month; the sixth came late."""
    jobs.owe_reports(stage.world.at)
    owed = sorted(queries.reports_of(project), key=lambda report: report.month)
    for place, (report, row) in enumerate(zip(owed, texts.park()["reports"], strict=False)):
        _publish(stage, report, row, days=8 if place == 5 else stage.chance.randint(2, 5))


def _publish(stage: Stage, report: MonthlyReport, row: dict[str, Any], *, days: int) -> None:
    if report.assignment is None:
        return
    draft = monthly.Draft(
        summary=row["summary"], achievements=row["achievements"], obstacles=row["obstacles"], plan=row["plan"]
    )
    published_at = stage.world.in_office(report.assignment.disposed_at, days)
    monthly.publish(report, draft, by=account(report.project.official), at=published_at)


def _evaluate(stage: Stage, project: Project) -> None:
    """Residents say whether it fits; the result asks what the city changes."""
    turn(stage, -40)
    jobs.open_evaluations(stage.at(-40, 8))
    survey = surveys.of_subject(project.subject)
    if survey is None:
        return
    remarks = iter(texts.park()["evaluation_remarks"])
    for serial in range(ANSWERS):
        given: dict[str, Any] = {
            code: stage.chance.choices((1, 2, 3, 4), shares)[0] for code, shares in SCORES.items()
        }
        remark = next(remarks, None) if serial % 9 == 4 else None
        survey_services.answer(
            survey,
            given={**given, **({REMARK: remark} if remark else {})},
            facts={},
            token=f"evaluation-{serial}",
            invitation=None,
            at=stage.between(-39, -9),
        )
    turn(stage, -7)
    moderator = accounts.users_with(Role.MODERATOR)[0]
    survey_services.publish(survey, by=moderator, at=stage.at(-6, 10))
    for one in db.session.scalars(db.select(SurveyRemark).filter_by(survey_id=survey.id)):
        survey_services.release(one, by=moderator, at=stage.at(-6, 10, 5))
