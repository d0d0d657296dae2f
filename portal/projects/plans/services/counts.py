"""Keep the counters of a drawing's squares."""

from collections.abc import Iterable

from sqlalchemy import delete, func, insert, select, update

from portal.db import db
from portal.jobs import services as jobs
from portal.projects.plans.models import PinPlace, PlanSquare, PlanVersion


def add(places: Iterable[PinPlace]) -> None:
    """These pins are shown from now on."""
    for place in places:
        added = jobs.insert(PlanSquare).values(**_key(place), pin_count=1)
        key = [PlanSquare.version_id, PlanSquare.square, PlanSquare.kind, PlanSquare.fate]
        db.session.execute(
            added.on_conflict_do_update(
                index_elements=key, set_={"pin_count": PlanSquare.pin_count + 1}
            ).execution_options(synchronize_session=False)
        )


def take(places: Iterable[PinPlace]) -> None:
    """These pins are shown no longer."""
    for place in places:
        db.session.execute(
            update(PlanSquare)
            .filter_by(**_key(place))
            .values(pin_count=PlanSquare.pin_count - 1)
            .execution_options(synchronize_session=False)
        )


def recount(version: PlanVersion) -> None:
    """Count anew, after many places changed at once."""
    key = (PinPlace.version_id, PinPlace.square, PinPlace.kind, PinPlace.fate)
    counted = (
        select(*key, func.count())
        .where(PinPlace.version_id == version.id, PinPlace.is_shown.is_(True))
        .group_by(*key)
    )
    db.session.execute(delete(PlanSquare).where(PlanSquare.version_id == version.id))
    db.session.execute(
        insert(PlanSquare).from_select(["version_id", "square", "kind", "fate", "pin_count"], counted)
    )


def _key(place: PinPlace) -> dict[str, object]:
    return {
        "version_id": place.version_id,
        "square": place.square,
        "kind": place.kind,
        "fate": place.fate,
    }
