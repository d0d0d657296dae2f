"""The public pages of a project's plan."""

from collections.abc import Sequence

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from portal import clock, htmx, page_cache
from portal.projects import queries as projects
from portal.projects.frame import frame
from portal.projects.models import Project
from portal.projects.plans import pages, policy, queries
from portal.projects.plans.models import PlanVersion

bp = Blueprint("plans", __name__, url_prefix="/projects/<slug>/plan")


@bp.get("")
@page_cache.public
def show(slug: str) -> ResponseReturnValue:
    """The version that lies on the table."""
    project, now = projects.project_or_404(slug), clock.now()
    versions = queries.published(queries.versions_of(project))
    if not versions:
        return render_template(
            "projects/plan/none.html",
            frame=frame(project, now, current="plan"),
            project=project,
            is_open=policy.is_open(project, now),
        )
    return _page(project, versions[0], versions)


@bp.get("/<int:number>")
@page_cache.public
def version(slug: str, number: int) -> ResponseReturnValue:
    project = projects.project_or_404(slug)
    versions = queries.published(queries.versions_of(project))
    return _page(project, _numbered(versions, number), versions)


@bp.get("/<int:number>/comparison")
@page_cache.public
def compare(slug: str, number: int) -> ResponseReturnValue:
    """A version beside the one before."""
    project = projects.project_or_404(slug)
    versions = queries.published(queries.versions_of(project))
    former, shown = _numbered(versions, number - 1), _numbered(versions, number)
    return render_template(
        "projects/plan/comparison.html", **pages.comparison(project, former, shown, clock.now())
    )


def _page(project: Project, shown: PlanVersion, versions: Sequence[PlanVersion]) -> ResponseReturnValue:
    return htmx.render(
        "projects/plan/show.html",
        block="plan_table",
        **pages.plan(project, shown, versions, request.args, clock.now()),
    )


def _numbered(versions: Sequence[PlanVersion], number: int) -> PlanVersion:
    return next((one for one in versions if one.number == number), None) or abort(404)
