"""Who acts in the demo's projects, and when: days are counted from the moment of the demo."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from portal.accounts.models import User
from portal.db import db
from portal.demo.world import World
from portal.organisation.models import Official
from portal.projects import jobs as project_jobs
from portal.projects import services as projects
from portal.projects.models import Phase, Project
from portal.projects.rules import PhaseKind


@dataclass
class Stage:
    """The city, its people, and one chance for all of its projects."""

    world: World
    residents: list[User]
    chance: Random

    def at(self, day: int, hour: int = 9, minute: int = 0) -> datetime:
        """A local moment so many days from now; negative before it."""
        local = self.world.at.astimezone(self.world.zone) + timedelta(days=day)
        return datetime.combine(local.date(), time(hour, minute), self.world.zone)

    def on(self, day: int) -> date:
        return self.at(day).date()

    def office(self, day: int, hour: int = 9, minute: int = 0) -> datetime:
        """The same in an office: on a day off it was done on the working day before."""
        while not self.world.calendar.is_working_day(self.on(day)):
            day -= 1
        return self.at(day, hour, minute)

    def between(self, first: int, last: int) -> datetime:
        """A waking moment of some day of a span."""
        return self.at(
            self.chance.randint(first, last), self.chance.randint(6, 21), self.chance.randint(0, 59)
        )

    def some(self, count: int) -> list[User]:
        return self.chance.sample(self.residents, count)


def account(official: Official) -> User:
    """The account that an official acts with."""
    return db.session.get_one(User, official.user_id)


def add_phase(
    stage: Stage, project: Project, kind: PhaseKind, first: int, last: int, title: str = ""
) -> Phase:
    return projects.add_phase(
        project, kind, opens_on=stage.on(first), closes_on=stage.on(last), title=title, at=project.created_at
    )


def turn(stage: Stage, day: int) -> None:
    """The night before a day: phases that end or begin with it are recorded, and followers told."""
    while project_jobs.tell_phases(stage.at(day, 0, 5)):
        pass
