"""The building page for everybody, and the list from which its officials work."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import login_required

from portal import clock, page_cache
from portal.projects import queries as projects
from portal.projects.building import pages
from portal.projects.building.views.blueprint import bp
from portal.projects.building.views.running import frame_of
from portal.projects.frame import frame
from portal.projects.running import to_run


@bp.get("")
@page_cache.public
def show(slug: str) -> ResponseReturnValue:
    project, now = projects.project_or_404(slug), clock.now()
    return render_template(
        "projects/building/show.html",
        frame=frame(project, now, current="building"),
        **pages.site(project, now),
    )


@bp.get("/manage")
@login_required
def manage(slug: str) -> ResponseReturnValue:
    project, now = to_run(slug), clock.now()
    return render_template(
        "projects/building/manage.html",
        frame=frame_of(project),
        photos=pages.own_photos(project),
        **pages.site(project, now),
    )
