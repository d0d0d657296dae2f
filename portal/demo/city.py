"""Set up the demo city of Medan: areas, agencies, people, rules, calendars and accounts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from portal import config
from portal.accounts import passwords
from portal.accounts.models import User, UserRole
from portal.accounts.rules import DEMO_DOMAIN, DEMO_PASSWORD, Role
from portal.categories import importers as categories
from portal.db import db
from portal.deadlines import importers as deadlines
from portal.demo import asking, bodies
from portal.demo.texts import DATA, table
from portal.organisation import importers as organisation
from portal.organisation.models import Agency, Official
from portal.organisation.rules import INSPECTORATE, Rank
from portal.places import importers as places
from portal.routing.models import RoutingPoolMember, RoutingRule
from portal.tables import Outcome, Row

RULES_FROM = date(2024, 1, 2)
ROLES = {Rank.OFFICIAL: Role.OFFICIAL, Rank.SUPERVISOR: Role.SUPERVISOR, Rank.HEAD: Role.HEAD}
MODERATORS = ("Nurul Hidayah Batubara", "Jefri Simanjuntak", "Sri Mulyani Tarigan")
HERO = "Rahmat Siregar"  # the demo's official: street lights in the south of the city


@dataclass(frozen=True)
class Account:
    """A demo account; its password is the demo's."""

    email: str
    role: Role


ACCOUNTS = tuple(
    Account(f"{name}@{DEMO_DOMAIN}", role)
    for name, role in {
        "warga": Role.RESIDENT,
        "petugas": Role.OFFICIAL,
        "atasan": Role.SUPERVISOR,
        "kepala": Role.HEAD,
        "inspektorat": Role.INSPECTORATE,
        "moderator": Role.MODERATOR,
        "admin": Role.ADMINISTRATOR,
    }.items()
)
ADDRESS = {account.role: account.email for account in ACCOUNTS}


def build(*, at: datetime) -> None:
    """Everything that a city has before its first report."""
    _bring_in(places.import_areas, places.read, "medan_areas.csv")
    _bring_in(categories.import_categories, categories.read, "categories.csv")
    _bring_in(organisation.import_agencies, organisation.read_agencies, "medan_agencies.csv")
    _bring_in(organisation.import_officials, organisation.read_officials, "medan_officials.csv")
    bodies.describe(at)
    asking.build()
    deadlines.seed(zone=config.current().time_zone, at=at)
    _add_routing_rules()
    _add_staff(at)
    _add_residents(at)
    db.session.flush()


def _bring_in(take: Callable[..., Outcome], read: Callable[..., list[Row]], name: str) -> None:
    outcome = take(read(DATA / name))
    if outcome.bad:
        raise ValueError(f"{name}: {outcome.bad[0]}")


def _add_routing_rules() -> None:
    agencies = {agency.code: agency.id for agency in db.session.scalars(db.select(Agency))}
    for row in table("medan_routing.csv"):
        agency_id = agencies[row["agency_code"]]
        rule = RoutingRule(
            category_code=row["category_code"],
            area_code=row["area_code"] or None,
            agency_id=agency_id,
            priority=int(row["priority"]),
            verifies=row["verifies"] == "1",
            valid_from=RULES_FROM,
            note=row["note"],
            pool=[RoutingPoolMember(official_id=one) for one in _pool(agency_id, row["pool"])],
        )
        db.session.add(rule)


def _pool(agency_id: int, positions: str) -> list[int]:
    """The agency's officials whose position begins with one of these words."""
    wanted = tuple(position for position in positions.split(";") if position)
    officials = db.session.scalars(
        db.select(Official).filter_by(agency_id=agency_id, rank=Rank.OFFICIAL).order_by(Official.id)
    )
    return [one.id for one in officials if wanted and one.position.startswith(wanted)]


def _add_staff(at: datetime) -> None:
    """An account for every official; only those of the demo have a password."""
    officials = db.session.scalars(db.select(Official).order_by(Official.id)).all()
    hero = next(one for one in officials if one.name == HERO)
    leader = hero.supervisor
    head = leader.supervisor if leader else None
    inspector = next(one for one in officials if _inspects(one) and one.rank is Rank.OFFICIAL)
    demo = {
        one.id: ADDRESS[role]
        for one, role in (
            (hero, Role.OFFICIAL),
            (leader, Role.SUPERVISOR),
            (head, Role.HEAD),
            (inspector, Role.INSPECTORATE),
        )
        if one is not None
    }
    for one in officials:
        roles = {ROLES[one.rank]} | ({Role.INSPECTORATE} if _inspects(one) else set())
        if demo.get(one.id) == ADDRESS[Role.INSPECTORATE]:
            roles = {Role.INSPECTORATE, Role.OFFICIAL}
        user = _account(demo.get(one.id) or one.email or "", one.name, roles, at)
        db.session.flush()
        one.user_id = user.id
    for place, name in enumerate(MODERATORS):
        email = ADDRESS[Role.MODERATOR] if place == 0 else f"moderator{place + 1}@pemkomedan.example"
        _account(email, name, {Role.MODERATOR}, at)
    _account(ADDRESS[Role.ADMINISTRATOR], "Yuni Kartika Sari", {Role.ADMINISTRATOR}, at)


def _inspects(official: Official) -> bool:
    return official.agency.kind == INSPECTORATE


def _add_residents(at: datetime) -> None:
    for place, row in enumerate(table("residents.csv")):
        email = ADDRESS[Role.RESIDENT] if place == 0 else row["email"]
        _account(email, row["name"], {Role.RESIDENT}, at)


def _account(email: str, name: str, roles: set[Role], at: datetime) -> User:
    is_demo = email.endswith(f"@{DEMO_DOMAIN}")
    user = User(
        email=email,
        name=name,
        password_hash=passwords.hashed(DEMO_PASSWORD) if is_demo else None,
        created_at=at,
        confirmed_at=at,
        role_rows=[UserRole(role=role) for role in sorted(roles)],
    )
    db.session.add(user)
    return user
