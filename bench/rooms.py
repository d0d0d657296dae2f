"""A long thread and a crowded plan, told through the portal's own services."""

from datetime import timedelta
from random import Random

from portal import clock
from portal.accounts.models import User
from portal.db import db, transaction
from portal.forum import importers
from portal.forum import queries as forum
from portal.forum.importers import PastPost, PastThread
from portal.projects import queries as projects
from portal.projects.plans import queries as plans
from portal.projects.plans import services
from portal.projects.plans.rules import WHOLE, PinKind
from portal.projects.plans.services import Note

PLAN = "halaman-pustaka"  # the demo's drawing that lies open for notes
SEED = 1271


def talk(posts: int) -> str:
    """A thread of so many posts by many people; gives its number."""
    people, now = _people(), clock.now()
    said = [
        PastPost(
            author=people[number % len(people)],
            body=f"Tulisan nomor {number}: lampunya **masih mati** sejak Senin.",
            at=now - timedelta(minutes=posts - number),
        )
        for number in range(posts)
    ]
    with transaction():
        told = PastThread(category=forum.categories()[0], title=f"Utas dengan {posts} tulisan", posts=said)
        [thread] = importers.bring_in([told])
        return thread.number


def pin(pins: int) -> str:
    """Notes on the open drawing until it holds so many; gives the project's slug."""
    people, chance, now = _people(), Random(SEED), clock.now()
    with transaction():
        version = plans.current(projects.project_or_404(PLAN))
        assert version is not None, "the demo has lost its drawing"
        notes = [
            (_note(chance, number), people[number % len(people)], now)
            for number in range(version.last_position, pins)
        ]
        services.place_many(version, notes)
    return PLAN


def _note(chance: Random, number: int) -> Note:
    kinds = list(PinKind)
    return Note(
        kind=kinds[number % len(kinds)],
        body=f"Catatan nomor {number}: di sini perlu tempat duduk yang teduh.",
        x=chance.randint(0, WHOLE),
        y=chance.randint(0, WHOLE),
    )


def _people() -> list[User]:
    return list(db.session.scalars(db.select(User).order_by(User.id).limit(200)))
