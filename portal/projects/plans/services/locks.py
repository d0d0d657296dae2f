"""Who writes first: a version that is being published and the pins that are being written on it.

Rows that point to the locked ones can still be added; only a second writer waits.
"""

from portal.db import db
from portal.projects.models import Project
from portal.projects.plans.models import Pin, PinPlace, PlanVersion

WRITING = {"key_share": True}  # FOR NO KEY UPDATE; SQLite has one writer at a time and leaves it out


def hold_project(project: Project) -> None:
    db.session.refresh(project, ["published_at"], with_for_update=WRITING)


def hold_version(version: PlanVersion) -> None:
    """Afterwards `published_at` is what stands in the database now."""
    db.session.refresh(version, ["published_at"], with_for_update=WRITING)


def hold_pin(pin: Pin, places: list[PinPlace]) -> None:
    """The pin with the versions that it stands on; versions first, as whoever publishes one does."""
    for place in places:
        hold_version(place.plan_version)
    db.session.refresh(pin, ["hidden_at", "withdrawn_at"], with_for_update=WRITING)
