"""The lines of plans in the news of their project, and in the story of an idea."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

from portal.i18n import _
from portal.projects.ideas import fates
from portal.projects.models import Project
from portal.projects.news import tells


@tells("plan_published")
def _published(project: Project, details: Mapping[str, Any]) -> tuple[str, str]:
    number = details["plan"]
    title = _("Denah versi %(number)s diletakkan di atas meja.", number=number)
    return title, url_for("plans.version", slug=project.slug, number=number)


@fates.tells("idea_on_plan")
def _taken_up(details: Mapping[str, Any]) -> tuple[str, str | None]:
    number = details["plan"]
    return _("Ada di denah %(number)s.", number=number), url_for(
        "plans.version", slug=details["project"], number=number
    )
