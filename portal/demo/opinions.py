"""Satisfaction surveys of the demo city: two with results, one open now."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.db import db
from portal.demo.world import World
from portal.organisation.models import Agency, Official
from portal.organisation.rules import Rank
from portal.surveys import services as surveys
from portal.surveys.models import Survey
from portal.surveys.services import Plan

SEED = 2017  # the year of the regulation
ELEMENTS = tuple(f"U{number}" for number in range(1, 10))


@dataclass(frozen=True)
class Told:
    """A survey: its days count from now, its scores are shares of 1 to 4 (fees are mostly free)."""

    agency: str
    name_id: str
    name_en: str
    first: int
    last: int
    population: int
    answers: int
    scores: tuple[int, int, int, int]
    changes: str = ""


TOLD = (
    Told(
        "DISDUKCAPIL",
        "Perekaman dan penerbitan KTP-el",
        "Recording and issuing identity cards",
        -400,
        -370,
        3200,
        347,
        (3, 14, 58, 25),
        "Tiga hal berubah karena jawaban Anda. Antrean diambil lewat nomor sejak pukul 07.30, jadi tidak "
        "perlu datang subuh. Syarat ditempel di pintu dan di portal dengan contoh yang sudah terisi. Loket "
        "keempat dibuka setiap Senin dan Selasa.",
    ),
    Told(
        "DINKES",
        "Rawat jalan Puskesmas",
        "Outpatient care at health centres",
        -70,
        -40,
        1800,
        231,
        (6, 25, 51, 18),
    ),
    Told(
        "DISDUKCAPIL",
        "Penerbitan akta kelahiran",
        "Issuing birth certificates",
        -9,
        21,
        900,
        46,
        (2, 11, 55, 32),
    ),
)


def happen(world: World) -> None:
    """Ask, count, publish, and say what changes."""
    chance = Random(SEED)
    moderator = accounts.users_with(Role.MODERATOR)[0]
    for told in TOLD:
        survey = _open(world, told, moderator)
        _answer(world, survey, told, chance)
        if told.last < 0:
            _publish(world, survey, told, moderator)


def _open(world: World, told: Told, moderator: User) -> Survey:
    agency = db.session.scalars(db.select(Agency).filter_by(code=told.agency)).one()
    at = world.at + timedelta(days=told.first - 3)
    service = surveys.save_service(
        None,
        agency=agency,
        name_id=told.name_id,
        name_en=told.name_en,
        is_active=True,
        serves_reporters=False,
        at=at,
    )
    plan = Plan(
        official_id=_head(agency).id,
        opens_on=_day(world, told.first),
        closes_on=_day(world, told.last),
        population=told.population,
    )
    return surveys.open_skm(service, plan, by=moderator, at=at)


def _day(world: World, days: int) -> date:
    return (world.at.astimezone(world.zone) + timedelta(days=days)).date()


def _head(agency: Agency) -> Official:
    """Whoever leads the agency, else somebody of it."""
    found = (
        db.select(Official).filter_by(agency_id=agency.id).order_by(Official.rank != Rank.HEAD, Official.id)
    )
    head: Official = db.session.scalars(found.limit(1)).one()
    return head


def _answer(world: World, survey: Survey, told: Told, chance: Random) -> None:
    last = min(told.last, -1)
    for serial in range(told.answers):
        given: dict[str, Any] = {code: chance.choices((1, 2, 3, 4), told.scores)[0] for code in ELEMENTS}
        given["U4"] = chance.choices((1, 2, 3, 4), (1, 3, 16, 80))[0]
        surveys.answer(
            survey,
            given=given,
            facts={},
            token=f"{survey.number}-{serial}",
            invitation=None,
            at=world.at + timedelta(days=chance.uniform(told.first + 1, last)),
        )


def _publish(world: World, survey: Survey, told: Told, moderator: User) -> None:
    published_at = world.in_office(world.at + timedelta(days=told.last + 1), 5)
    surveys.publish(survey, by=moderator, at=published_at)
    if told.changes and survey.assignment and survey.assignment.official:
        by = db.session.get_one(User, survey.assignment.official.user_id)
        surveys.publish_changes(survey, body=told.changes, by=by, at=world.in_office(published_at, 14))
