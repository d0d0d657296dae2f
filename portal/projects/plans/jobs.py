"""Tell those who wrote or supported a pin what the new version does with it."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from portal.db import db
from portal.jobs import registry
from portal.jobs import services as jobs
from portal.notifications import services as notifications
from portal.projects.plans import labels, queries
from portal.projects.plans.models import Pin, PinPlace, PlanVersion

PINS_AT_ONCE = 50


@registry.handler("plans.tell_verdicts")
def tell_verdicts(payload: dict[str, Any], at: datetime) -> None:
    """Write about the next pins of a version, and leave the rest to a job of its own."""
    places = _judged(payload["version_id"], payload["after"])
    for place in places:
        _tell(place, at)
    if len(places) == PINS_AT_ONCE:
        jobs.enqueue(
            "plans.tell_verdicts", at=at, version_id=payload["version_id"], after=places[-1].position
        )


def _judged(version_id: int, after: int) -> list[PinPlace]:
    query = (
        select(PinPlace)
        .join(PinPlace.pin)
        .join(PinPlace.plan_version)
        .options(
            contains_eager(PinPlace.pin).joinedload(Pin.project),
            contains_eager(PinPlace.plan_version),
        )
        .where(PlanVersion.id == version_id, PinPlace.judged_at.is_not(None), PinPlace.position > after)
        .where(PinPlace.is_shown.is_(True))
    )
    return list(db.session.scalars(query.order_by(PinPlace.position).limit(PINS_AT_ONCE)))


def _tell(place: PinPlace, at: datetime) -> None:
    pin = place.pin
    for reader in queries.readers_of(pin):
        notifications.tell(
            notifications.to_user(reader),
            "pin_judged",
            key=f"{pin.subject}:judged:{place.version_id}:{reader.id}",
            at=at,
            path=f"/pins/{pin.number}",
            number=pin.number,
            project=pin.project.title,
            fate=labels.FATE[place.fate],
            reason=place.fate_reason,
            plan=place.plan_version.number + 1,
            is_author=reader.id == pin.author_id,
        )
