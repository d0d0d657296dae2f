"""What of ideas stands among a project's news."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

from portal.i18n import _
from portal.projects import news
from portal.projects.ideas.labels import STATUS
from portal.projects.ideas.rules import IdeaStatus
from portal.projects.models import Project


@news.tells("idea_status_given")
def _status_given(project: Project, details: Mapping[str, Any]) -> tuple[str, str]:
    """The number, not the title: the text may have been hidden since."""
    sentence = _(
        "Gagasan %(number)s mendapat status: %(status)s.",
        number=details["idea"],
        status=STATUS[IdeaStatus(details["status"])],
    )
    return sentence, url_for("ideas.show", number=details["idea"])
