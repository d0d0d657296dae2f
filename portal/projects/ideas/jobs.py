"""What happens to ideas by itself: at the end of collecting their status becomes a duty."""

from datetime import datetime, timedelta
from typing import Any

from portal.assignments.models import Response
from portal.db import db
from portal.jobs import registry
from portal.jobs import services as jobs
from portal.projects.ideas import duty, letters
from portal.projects.ideas.models import Idea


@registry.periodic("ideas.owe-statuses", every=timedelta(minutes=5))
def owe_statuses(at: datetime) -> bool:
    return duty.owe_statuses(at)


@registry.handler("ideas.tell_supporters")
def tell_supporters(payload: dict[str, Any], at: datetime) -> None:
    """Write to the next supporters, and leave the rest to a job of its own."""
    idea = db.session.get_one(Idea, payload["idea_id"])
    response = db.session.get_one(Response, payload["response_id"])
    rest = letters.tell_supporters(idea, response, after_id=payload["after_id"])
    if rest is not None:
        jobs.enqueue("ideas.tell_supporters", at=at, **{**payload, "after_id": rest})
