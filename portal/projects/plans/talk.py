"""Pins are commented on: what a comment means for its pin."""

from flask import url_for
from sqlalchemy import update

from portal import clock
from portal.db import db
from portal.projects.comments import homes
from portal.projects.comments.homes import Home, Thing
from portal.projects.comments.models import ProjectComment
from portal.projects.plans import pages, policy, queries
from portal.projects.plans.models import Pin


def register_home() -> None:
    """Called once at app start."""
    homes.register("pin", Home(find=_find, written=_written, counted=_counted))


def _find(number: str) -> Thing | None:
    pin = queries.pin(number)
    if pin is None or pin.number != number or pin.project.published_at is None:
        return None
    return Thing(
        project=pin.project,
        title=pages.excerpt(pin.body) if pin.is_shown else pin.number,
        url=url_for("pins.show", number=pin.number),
        is_open=pin.is_shown and policy.is_open(pin.project, clock.now()),
    )


def _written(comment: ProjectComment) -> None:
    """A comment sets nothing going: a pin is answered by the next version of the drawing."""


def _counted(number: str, by: int) -> None:
    pin = queries.pin(number)
    if pin is None:
        return
    db.session.execute(
        update(Pin)
        .where(Pin.id == pin.id)
        .values(comment_count=Pin.comment_count + by)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(pin, ["comment_count"])
