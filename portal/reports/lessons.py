"""Learn from the city's own history who handles what: weekly, and when an administrator asks."""

from datetime import datetime, timedelta
from typing import Any

from portal.accounts.models import User
from portal.db import db, transaction
from portal.errors import DomainError
from portal.jobs import registry
from portal.jobs import services as jobs
from portal.reports import queries
from portal.routing.learning import queries as learning
from portal.routing.learning import services
from portal.routing.learning.models import RoutingModel

ASKED = "routing.learn"


def ask(*, by: User, at: datetime) -> None:
    """Have a version learned in the background. Asking again while it waits asks for nothing more."""
    jobs.enqueue(ASKED, at=at, key=f"{ASKED}:{at:%Y%m%d%H%M}", by_id=by.id, asked_at=at.isoformat())


def learn(*, by: User | None, at: datetime) -> RoutingModel:
    """Study the history, which takes seconds, then write the version down in a short transaction.

    Raises DomainError when the history is too short.
    """
    found = services.study(queries.lessons(), at=at)
    with transaction():
        return services.keep(found, by=by, at=at)


@registry.long_periodic("routing.learn-weekly", every=timedelta(days=7))
def learn_weekly(at: datetime) -> bool:
    """A city that is too young for it goes on with the keywords."""
    try:
        learn(by=None, at=at)
    except DomainError:
        db.session.rollback()
    return False


def _learn_as_asked(payload: dict[str, Any], at: datetime) -> None:
    newest = learning.newest()
    if newest is not None and newest.trained_at >= datetime.fromisoformat(payload["asked_at"]):
        return  # the runner was killed after it had been written
    try:
        learn(by=db.session.get_one(User, payload["by_id"]), at=at)
    except DomainError:
        db.session.rollback()  # the page says what is missing


@registry.handler(ASKED, first=_learn_as_asked)
def mark_learned(payload: dict[str, Any], at: datetime) -> None:
    """Nothing more to do: the version was written before, so that studying held no lock."""
