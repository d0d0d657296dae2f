"""How a report of the demo city comes in: what, where, and by whom."""

from datetime import datetime
from random import Random

from portal.categories.rules import CategoryClass
from portal.demo import chance as chances
from portal.demo import doors, texts
from portal.demo.case import Case
from portal.demo.papers import Filed
from portal.demo.texts import Place, Situation
from portal.demo.world import Person, World
from portal.reports.rules import ReportKind

KIND_WEIGHTS = {"complaint": 3.0, "suggestion": 1.0, "information_request": 1.4}
WITH_ACCOUNT = 0.55
WITH_ADDRESS = 0.7  # of those without an account
WITH_POSITION = 0.7
ANONYMOUS = 0.12
CONFIDENTIAL = 0.04
GUARDED_ANONYMOUS = 0.6  # of the reports of supervisory weight
GUARDED_CONFIDENTIAL = 0.45
FIRST_RESIDENT = 0.04  # the demo's own resident files more than others
SPREAD = 0.004  # degrees around a kelurahan's point, some 400 m


def file(world: World, chance: Random, at: datetime) -> tuple[Case, Situation, Place]:
    """One report, received at that moment."""
    month = at.astimezone(world.zone).month
    category = chances.categories(chance, month, list(texts.situations()))
    known = texts.situations()[category]
    situation = chance.choices(known, [KIND_WEIGHTS[one.kind] for one in known])[0]
    place = texts.choose_place(chance, situation, world.villages)
    title, body = texts.write(chance, situation, place)
    is_anonymous, is_confidential = _protection(world, chance, situation)
    reporter = _reporter(world, chance)
    name, email = _who(world, chance, reporter)
    lat, lon = _position(world, chance, place)
    salt = f"{chance.getrandbits(128):032x}"
    filed = Filed(
        kind=ReportKind(situation.kind),
        category=category,
        area_code=place.area_code,
        title=title,
        body=body,
        place=place.name,
        lat=lat,
        lon=lon,
        salt=salt,
        channel=doors.channel_of(salt, has_account=reporter is not None),
        reporter=reporter,
        name=name,
        email=email,
        is_anonymous=is_anonymous,
        is_confidential=is_confidential,
    )
    return Case(world, filed, at), situation, place


def _protection(world: World, chance: Random, situation: Situation) -> tuple[bool, bool]:
    """Anonymous, confidential: asked for more often where somebody may take revenge."""
    is_guarded = world.classes[situation.category] is CategoryClass.SUPERVISORY
    is_anonymous = chance.random() < (GUARDED_ANONYMOUS if is_guarded else ANONYMOUS)
    is_confidential = chance.random() < (GUARDED_CONFIDENTIAL if is_guarded else CONFIDENTIAL)
    return is_anonymous, is_confidential or situation.is_confidential


def _reporter(world: World, chance: Random) -> Person | None:
    if chance.random() >= WITH_ACCOUNT:
        return None
    return world.first_resident if chance.random() < FIRST_RESIDENT else chance.choice(world.residents)


def _who(world: World, chance: Random, reporter: Person | None) -> tuple[str, str | None]:
    """Name and address; those without an account may leave both out."""
    if reporter is not None:
        return reporter.name, None
    stranger = chance.choice(world.residents)
    if chance.random() >= WITH_ADDRESS:
        return "", None
    return stranger.name, f"{stranger.name.casefold().replace(' ', '.').replace('..', '.')}@surel.example"


def _position(world: World, chance: Random, place: Place) -> tuple[float | None, float | None]:
    if chance.random() >= WITH_POSITION:
        return None, None
    label = world.labels[place.area_code]
    return (
        round(label["lat"] + chance.gauss(0, SPREAD / 2), 6),
        round(label["lon"] + chance.gauss(0, SPREAD / 2), 6),
    )
