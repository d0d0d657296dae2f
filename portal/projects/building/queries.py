"""What can be read of a building site: its milestones, obstacles, photos and monthly reports."""

from collections.abc import Sequence
from datetime import date, datetime

from flask import abort
from sqlalchemy import literal, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from portal import config
from portal.assignments.models import Assignment
from portal.db import db
from portal.organisation.models import Official
from portal.projects import keys
from portal.projects import rules as projects
from portal.projects.building.models import Milestone, MonthlyReport, Obstacle, SitePhoto
from portal.projects.models import Phase, Project
from portal.projects.rules import PhaseKind
from portal.projects.voting.models import VoteChoice
from portal.surveys.models import Survey

SHOWN_PHOTOS = 12
SHOWN_REPORTS = 3
PROJECTS_AT_ONCE = 50


def milestones_of(project: Project) -> Sequence[Milestone]:
    """In their order, with their slips and the ideas that they make real: two statements."""
    return (
        db.session.scalars(
            select(Milestone)
            .options(
                joinedload(Milestone.ideas),
                joinedload(Milestone.choice).joinedload(VoteChoice.idea),
                selectinload(Milestone.slips),
            )
            .where(Milestone.project_id == project.id)
            .order_by(Milestone.position)
        )
        .unique()
        .all()
    )


def milestone_or_404(project: Project, milestone_id: int) -> Milestone:
    found = db.session.get(Milestone, milestone_id)
    return found if found is not None and found.project_id == project.id else abort(404)


def obstacles_of(project: Project) -> Sequence[Obstacle]:
    """Those that still stand in the way first, then the newest."""
    return db.session.scalars(
        select(Obstacle)
        .where(Obstacle.project_id == project.id)
        .order_by(Obstacle.resolved_on.is_not(None), Obstacle.since_on.desc(), Obstacle.id.desc())
    ).all()


def obstacle_or_404(project: Project, obstacle_id: int) -> Obstacle:
    found = db.session.get(Obstacle, obstacle_id)
    return found if found is not None and found.project_id == project.id else abort(404)


def photos_of(project: Project, limit: int = SHOWN_PHOTOS) -> Sequence[SitePhoto]:
    """The newest photos that are public: those of a report in the making are not."""
    return db.session.scalars(
        select(SitePhoto)
        .outerjoin(MonthlyReport, MonthlyReport.id == SitePhoto.report_id)
        .options(joinedload(SitePhoto.attachment))
        .where(SitePhoto.project_id == project.id)
        .where(or_(SitePhoto.report_id.is_(None), MonthlyReport.published_at.is_not(None)))
        .order_by(SitePhoto.taken_on.desc(), SitePhoto.id.desc())
        .limit(limit)
    ).all()


def reports_of(project: Project, limit: int | None = None) -> Sequence[MonthlyReport]:
    """Monthly reports with their duties, the newest month first; those that are still owed too."""
    return db.session.scalars(
        select(MonthlyReport)
        .join(MonthlyReport.assignment)
        .options(contains_eager(MonthlyReport.assignment))
        .where(MonthlyReport.project_id == project.id)
        .order_by(MonthlyReport.month.desc())
        .limit(limit)
    ).all()


def report_or_404(number: str) -> MonthlyReport:
    """A report with its duty, its photos, and its project as `frame` shows it."""
    report_id = keys.number(number[2:]) if number.startswith("L-") else None
    if report_id is None:
        abort(404)
    found: MonthlyReport | None = db.session.scalar(
        select(MonthlyReport)
        .options(
            joinedload(MonthlyReport.assignment).joinedload(Assignment.official).joinedload(Official.agency),
            joinedload(MonthlyReport.project).options(
                joinedload(Project.agency), joinedload(Project.official), selectinload(Project.phases)
            ),
            selectinload(MonthlyReport.photos).joinedload(SitePhoto.attachment),
        )
        .where(MonthlyReport.id == report_id)
    )
    return found or abort(404)


def report_of(assignment: Assignment) -> MonthlyReport:
    return db.session.scalars(
        select(MonthlyReport)
        .options(joinedload(MonthlyReport.project))
        .where(MonthlyReport.assignment_id == assignment.id)
    ).one()


def done_between(project: Project, first: date, last: date) -> Sequence[Milestone]:
    return _milestones(project, Milestone.actual_on.between(first, last))


def planned_between(project: Project, first: date, last: date) -> Sequence[Milestone]:
    """Open milestones that are planned in these days, and those that should have been done before."""
    return _milestones(project, Milestone.actual_on.is_(None) & (Milestone.planned_on <= last))


def _milestones(project: Project, condition: object) -> Sequence[Milestone]:
    return db.session.scalars(
        select(Milestone)
        .where(Milestone.project_id == project.id, condition)  # type: ignore[arg-type]  # a condition
        .order_by(Milestone.position)
    ).all()


def obstacles_between(project: Project, first: date, last: date) -> Sequence[Obstacle]:
    """What stood in the way on some day of these."""
    return db.session.scalars(
        select(Obstacle)
        .where(Obstacle.project_id == project.id, Obstacle.since_on <= last)
        .where(or_(Obstacle.resolved_on.is_(None), Obstacle.resolved_on >= first))
        .order_by(Obstacle.since_on, Obstacle.id)
    ).all()


def months_reported(project: Project) -> set[date]:
    return set(db.session.scalars(select(MonthlyReport.month).where(MonthlyReport.project_id == project.id)))


def build_phases(at: datetime, after_id: int = 0) -> Sequence[Phase]:
    """Building phases of public projects that have begun, locked: another runner's are skipped."""
    day = projects.local_day(at, config.current().zone)
    return db.session.scalars(
        select(Phase)
        .join(Phase.project)
        .options(contains_eager(Phase.project))
        .where(Project.published_at.is_not(None), Phase.kind == PhaseKind.BUILD, Phase.opens_on <= day)
        .where(Phase.id > after_id)
        .order_by(Phase.id)
        .limit(PROJECTS_AT_ONCE)
        .with_for_update(of=Phase, skip_locked=True)
    ).all()


def unopened_evaluations(at: datetime) -> Sequence[Phase]:
    """Evaluating phases of public projects that are open while nobody can judge yet."""
    day = projects.local_day(at, config.current().zone)
    asked = select(Survey.id).where(Survey.about == literal("project:") + Project.slug).exists()
    return db.session.scalars(
        select(Phase)
        .join(Phase.project)
        .options(contains_eager(Phase.project))
        .where(Project.published_at.is_not(None), Phase.kind == PhaseKind.EVALUATE)
        .where(Phase.opens_on <= day, Phase.closes_on >= day, ~asked)
        .order_by(Phase.id)
        .with_for_update(of=Phase, skip_locked=True)
    ).all()
