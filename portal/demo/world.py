"""What a demo report needs to know of its city, read once and kept in memory."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import Any
from zoneinfo import ZoneInfo

from portal import config
from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.categories.models import Category
from portal.db import db
from portal.deadlines import versions
from portal.deadlines.rules.calendar import Calendar
from portal.deadlines.rules.policy import Policy
from portal.deadlines.versions import Versions
from portal.demo import chance
from portal.demo.chance import Percentiles
from portal.demo.city import ADDRESS
from portal.organisation.models import Agency, Official
from portal.places.models import Area
from portal.places.rules import Level, district_of
from portal.reports import rules as report_rules
from portal.routing import queries as routing_queries
from portal.routing import rules as routing_rules
from portal.routing import services as routing_services
from portal.routing.rules import Basis, Candidate
from portal.routing.services import Routing


@dataclass(frozen=True)
class Office:
    """An agency as a story needs it."""

    id: int
    code: str
    name: str
    calendar_key: str
    is_external: bool


@dataclass(frozen=True)
class Person:
    """Somebody with an account."""

    id: int
    name: str
    email: str


class World:
    """The city at a moment: nothing in it happens later than `at`."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.zone: ZoneInfo = config.current().zone
        self.prefix = config.current().number_prefix
        self.known: Versions = versions.load()
        self.policy: Policy = self.known.policy(at)
        self.calendar: Calendar = self.known.calendar()
        self.times: Mapping[str, Percentiles] = chance.response_times()
        self.classes = {one.code: one.category_class for one in db.session.scalars(db.select(Category))}
        self.names = {one.code: one.name_id for one in db.session.scalars(db.select(Category))}
        self.offices = {one.id: _office(one) for one in db.session.scalars(db.select(Agency))}
        self.by_code = {one.code: one for one in self.offices.values()}
        self.by_name = {one.name: one for one in self.offices.values()}
        self._published: dict[str, str] = {}  # the last public number of each category
        self.villages = _villages()
        self.labels = {row["code"]: row for row in self.villages}
        self.moderators = [user.id for user in accounts.users_with(Role.MODERATOR)]
        self.residents = [_person(user) for user in accounts.users_with(Role.RESIDENT)]
        self.first_resident = next(one for one in self.residents if one.email == ADDRESS[Role.RESIDENT])
        self.user_of, self.leader_of = _accounts_of_officials()
        self.serials: Counter[int] = Counter()
        self._routings: dict[tuple[str, str | None, bool], Routing] = {}
        self._pools: dict[tuple[int | None, int], list[Candidate]] = {}
        self._loads: Counter[int] = Counter()
        self._endings: list[tuple[datetime, int]] = []

    def publishes(self, category: str, number: str) -> None:
        self._published[category] = number

    def twin_of(self, category: str, number: str) -> str | None:
        """An earlier public report of the same category, if there is one."""
        found = self._published.get(category)
        return found if found != number else None

    def next_number(self, at: datetime) -> str:
        year = at.astimezone(self.zone).year
        self.serials[year] += 1
        return report_rules.number(self.prefix, year, self.serials[year])

    def response_time(self, agency_id: int) -> Percentiles:
        return self.times.get(self.offices[agency_id].code) or self.times["*"]

    def route(self, category: str, area: str, at: datetime, *, is_supervisory: bool) -> Routing:
        """As the routing of the portal finds it, with the load of that moment."""
        key = (category, district_of(area), is_supervisory)
        if key not in self._routings:
            self._routings[key] = routing_services.route(category, area, at, is_supervisory=is_supervisory)
        found = self._routings[key]
        if found.agency_id is None:
            return found
        return replace(found, official_id=self._choose(found.rule_id, found.agency_id, area, at))

    def route_to(self, agency_id: int, area: str, at: datetime, basis: Basis) -> Routing:
        """Somebody of a named agency."""
        official_id = self._choose(None, agency_id, area, at)
        return Routing(agency_id, official_id, reason={"basis": basis})

    def takes(self, official_id: int | None) -> None:
        if official_id is not None:
            self._loads[official_id] += 1

    def lays_down(self, official_id: int | None, at: datetime) -> None:
        if official_id is not None:
            heappush(self._endings, (at, official_id))

    def working_days_after(self, at: datetime, days: int) -> datetime:
        city = self.calendar
        return city.closes_at(city.add_working_days(city.local_date(at), days))

    def in_office(self, at: datetime, days: int) -> datetime:
        """Mid-morning of the n-th working day after a moment."""
        city = self.calendar
        return city.opens_at(city.add_working_days(city.local_date(at), days)) + timedelta(hours=2)

    def _choose(self, rule_id: int | None, agency_id: int, area: str, at: datetime) -> int | None:
        while self._endings and self._endings[0][0] <= at:
            self._loads[heappop(self._endings)[1]] -= 1
        pool = [
            replace(one, open_count=self._loads[one.official_id]) for one in self._pool(rule_id, agency_id)
        ]
        found = routing_rules.choose(pool, area_code=area, away={})
        return found.official_id if found else None

    def _pool(self, rule_id: int | None, agency_id: int) -> list[Candidate]:
        key = (rule_id, agency_id)
        if key not in self._pools:
            day = self.at.astimezone(self.zone).date()
            self._pools[key] = (
                routing_queries.pool_of_agency(agency_id, day)
                if rule_id is None
                else routing_queries.pool_of_rule(rule_id, agency_id, day)
            )
        return self._pools[key]


def _office(agency: Agency) -> Office:
    return Office(agency.id, agency.code, agency.name, agency.calendar_key, agency.is_external)


def _person(user: User) -> Person:
    return Person(user.id, user.name, user.email)


def _villages() -> Sequence[Mapping[str, Any]]:
    areas = {area.code: area for area in db.session.scalars(db.select(Area).order_by(Area.code))}
    return [
        {
            "code": area.code,
            "name": area.name,
            "parent_code": area.parent_code,
            "district": areas[str(area.parent_code)].name,
            "lat": area.label_lat,
            "lon": area.label_lon,
        }
        for area in areas.values()
        if area.level is Level.VILLAGE
    ]


def _accounts_of_officials() -> tuple[dict[int, int], dict[int, int]]:
    """The account of each official, and that of whoever stands above."""
    officials = {one.id: one for one in db.session.scalars(db.select(Official))}
    user_of = {one.id: one.user_id for one in officials.values() if one.user_id is not None}
    leader_of = {
        one.id: user_of[one.supervisor_id]
        for one in officials.values()
        if one.supervisor_id is not None and one.supervisor_id in user_of
    }
    return user_of, leader_of
