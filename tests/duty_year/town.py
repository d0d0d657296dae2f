"""A small city government for a year: agencies with two calendars, officials in lines, moderators, an
outside body. Nobody in it decides anything: that is the script's."""

from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Any

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments import services
from portal.assignments.models import Assignment
from portal.db import db
from portal.deadlines import importers
from portal.deadlines.rules.stages import Matter
from portal.notifications.rules import Channel, Group
from portal.organisation.models import Agency, AgencyChannel, Official
from portal.organisation.rules import INSPECTORATE, ChannelKind, Rank
from portal.routing.services import Routing
from tests.assignments import duties
from tests.builders import make_user

FOUNDED = date(2020, 1, 1)
AGENCIES = {"pu": "five_day", "dlh": "five_day", "dukcapil": "six_day"}
WRITTEN_TO = ("dukcapil", "inspektur")
OFFICIALS = 3  # in each agency, beside the supervisor and the head


@dataclass
class Town:
    """Ids only: what they name is read anew in each transaction."""

    agencies: list[int] = field(default_factory=list)
    officials: dict[int, list[int]] = field(default_factory=dict)  # by agency
    supervisors: dict[int, int] = field(default_factory=dict)
    moderators: list[int] = field(default_factory=list)
    outside_body: int = 0

    def dispose(self, number: str, chance: Random, *, at: datetime) -> None:
        """A complaint is verified and given to somebody."""
        services.dispose(
            origin=duties.ORIGIN,
            number=number,
            title="Lampu jalan mati",
            place="Jalan Garu III",
            matter=Matter.COMPLAINT,
            category_code=None,
            area_code=None,
            routing=self.routing(chance),
            is_confidential=False,
            excluded_agency_id=None,
            by=None,
            at=at,
        )

    def duty(self, number: str) -> Assignment:
        return db.session.scalars(db.select(Assignment).filter_by(number=number)).one()

    def holder(self, duty: Assignment) -> User:
        """The account of whoever answers for a duty now."""
        return self.account(duty.official_id or self.officials[duty.agency_id][0])

    def supervisor(self, duty: Assignment) -> User:
        return self.account(self.supervisors[duty.agency_id])

    def moderator(self, number: int = 0) -> User:
        return db.session.get_one(User, self.moderators[number])

    def account(self, official_id: int) -> User:
        return db.session.get_one(User, db.session.get_one(Official, official_id).user_id)

    def routing(self, chance: Random) -> Routing:
        agency_id = chance.choice(self.agencies)
        return Routing(agency_id, chance.choice(self.officials[agency_id]), reason={"basis": "moderator"})

    def other_agency(self, duty: Assignment, chance: Random) -> Agency:
        others = [one for one in self.agencies if one != duty.agency_id]
        return db.session.get_one(Agency, chance.choice(others))


def found(at: datetime) -> Town:
    """Everybody takes office."""
    importers.seed(zone=duties.ZONE, at=at)
    duties.remember()
    town = Town()
    for code, calendar_key in AGENCIES.items():
        _open_agency(town, code, calendar_key, at)
    inspectorate = _agency("inspektorat", kind=INSPECTORATE)
    _official(inspectorate, "inspektur", Rank.HEAD, at)
    town.moderators = [_person(f"moderator{number}", Role.MODERATOR, at=at).id for number in range(2)]
    _person("admin", Role.ADMINISTRATOR, at=at)
    town.outside_body = _outside_body().id
    return town


def _open_agency(town: Town, code: str, calendar_key: str, at: datetime) -> None:
    agency = _agency(code, calendar_key=calendar_key)
    head = _official(agency, f"{code}-kepala", Rank.HEAD, at)
    supervisor = _official(agency, f"{code}-atasan", Rank.SUPERVISOR, at, head)
    team = [
        _official(agency, f"{code}-{number}", Rank.OFFICIAL, at, supervisor) for number in range(OFFICIALS)
    ]
    town.agencies.append(agency.id)
    town.supervisors[agency.id] = supervisor.id
    town.officials[agency.id] = [one.id for one in team]


def _agency(code: str, *, kind: str = "dinas", **changes: object) -> Agency:
    agency = Agency(code=code, name=f"Dinas {code}", kind=kind, valid_from=FOUNDED, **changes)
    return _kept(agency)


def _official(
    agency: Agency, name: str, rank: Rank, at: datetime, supervisor: Official | None = None
) -> Official:
    official = Official(
        name=name,
        position="Staf",
        rank=rank,
        agency_id=agency.id,
        supervisor_id=supervisor.id if supervisor else None,
        user_id=_person(name, Role.OFFICIAL, at=at).id,
        active_from=FOUNDED,
    )
    return _kept(official)


def _person(name: str, role: Role, *, at: datetime) -> User:
    """Some want letters, the others read the portal: a letter costs as much as the act that it tells of."""
    wants = {} if name.startswith(WRITTEN_TO) else {group.value: Channel.PORTAL.value for group in Group}
    address = f"{name}@kota.example"
    return make_user(role, email=address, name=name, created_at=at, letter_choices=wants)


def _outside_body() -> Agency:
    body = _agency("pln", is_external=True)
    body.channels.append(AgencyChannel(kind=ChannelKind.PHONE, value="123", hours="24 jam"))
    return _kept(body)


def _kept(thing: Any) -> Any:
    db.session.add(thing)
    db.session.flush()
    return thing
