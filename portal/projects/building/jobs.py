"""What the building phase owes by itself: monthly reports, and the question whether it fits."""

from datetime import datetime, timedelta

from portal import config
from portal.jobs import batches, registry
from portal.projects import rules as projects
from portal.projects.building import monthly, queries, rules
from portal.projects.models import Phase
from portal.surveys import services as surveys


@registry.periodic("building.owe-reports", every=timedelta(minutes=15))
def owe_reports(at: datetime) -> None:
    """A duty for each month that is over, also for those that a runner missed; one for each month."""
    after_id: int = 0
    while phases := queries.build_phases(at, after_id):
        batches.each(phases, lambda phase: _owe(phase, at))
        after_id = phases[-1].id


def _owe(phase: Phase, at: datetime) -> None:
    project, zone = phase.project, config.current().zone
    months = rules.months_owed(
        phase.opens_on,
        phase.closes_on,
        known_since=projects.local_day(project.published_at or at, zone),
        today=projects.local_day(at, zone),
    )
    known = queries.months_reported(project)
    for month in months:
        if month not in known:
            monthly.owe(project, month)


@registry.periodic("building.open-evaluations", every=timedelta(minutes=15))
def open_evaluations(at: datetime) -> None:
    """When a project's evaluating phase begins, residents are asked whether it became what was planned."""
    batches.each(queries.unopened_evaluations(at), lambda phase: _open_evaluation(phase, at))


def _open_evaluation(phase: Phase, at: datetime) -> None:
    project = phase.project
    surveys.open_evaluation(
        subject=project.subject,
        title=f"Sudah sesuai? {project.title}",
        title_en=f"Did it turn out right? {project.title}",
        path=f"/projects/{project.slug}/building",
        agency_id=project.agency_id,
        official_id=project.official_id,
        opens_on=phase.opens_on,
        closes_on=phase.closes_on,
        by=None,
        at=at,
    )
