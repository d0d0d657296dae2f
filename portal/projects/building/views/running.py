"""What the pages for those who run a building site have in common."""

from typing import Any

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock, config, htmx
from portal.projects import rules as project_rules
from portal.projects.building import queries
from portal.projects.frame import frame
from portal.projects.models import Project


def page(name: str, project: Project, form: Any, status: int = 200, **values: Any) -> ResponseReturnValue:
    return render_template(
        f"projects/building/{name}.html", frame=frame_of(project), form=form, **values
    ), status


def done(project: Project, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return htmx.go(url_for(".manage", slug=project.slug))


def frame_of(project: Project) -> Any:
    return frame(project, clock.now(), current="building")


def today() -> Any:
    return project_rules.local_day(clock.now(), config.current().zone)


def milestone_choices(project: Project, prefix: str = "") -> list[tuple[str, str]]:
    return [(f"{prefix}{one.id}", f"{one.position}. {one.title}") for one in queries.milestones_of(project)]
