"""What every page of a vote begins with."""

from typing import Any

from flask import abort

from portal import clock
from portal.projects.frame import frame
from portal.projects.models import Project
from portal.projects.voting import queries
from portal.projects.voting.models import Vote


def vote_or_404(project: Project) -> Vote:
    return queries.vote_of(project) or abort(404)


def frame_of(project: Project) -> Any:
    return frame(project, clock.now(), current="vote")
