"""From the fields of a request to what is filed. Of the person nothing is read without consent."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from portal import config, i18n
from portal.accounts.rules import is_email
from portal.categories.questions import labels
from portal.categories.questions import rules as questions
from portal.categories.questions.models import CategoryQuestion
from portal.db import db
from portal.forms import plain
from portal.i18n import _
from portal.open311 import queries, rules
from portal.open311.rules import Refused
from portal.places import queries as places
from portal.places.models import Area
from portal.places.rules import Level
from portal.reports import tracking
from portal.reports.rules import BODY_LENGTH, PLACE_LENGTH, TITLE_LENGTH, Channel, ReportKind
from portal.reports.services import Filing
from portal.routing.queries import city_day

ATTRIBUTE = re.compile(r"attribute\[([^\]]{1,60})\](?:\[\])?")


@dataclass(frozen=True)
class Place:
    """Where it is: a point with the area around it, an area by its code, or words."""

    area_code: str | None = None
    lat: float | None = None
    lon: float | None = None
    words: str = ""


@dataclass(frozen=True)
class Person:
    """Who files, when they consent; else nobody."""

    name: str = ""
    email: str | None = None
    phone: str = ""
    is_anonymous: bool = True


def filing(fields: Mapping[str, str], token: str, *, at: datetime) -> Filing:
    """What a request asks to file, under the form token. Raises Refused at the first field that does not
    fit; of the attributes every fault is told."""
    if not fields.get("service_code"):
        raise Refused(400, _("service_code tidak ada."))
    category, asked = queries.service(fields["service_code"], at)
    description = plain(fields.get("description"))
    if not 0 < len(description) <= BODY_LENGTH:
        raise Refused(400, _("description harus ada, paling banyak %(most)s huruf.", most=BODY_LENGTH))
    place, person = _place(fields, at), _person(fields)
    secret = config.current().secret_key
    return Filing(
        kind=ReportKind.COMPLAINT,
        title=rules.title_of(description, longest=TITLE_LENGTH),
        body=description,
        category_code=category.code,
        area_code=place.area_code,
        found_area_code=place.area_code if place.lat is not None else None,
        place=place.words,
        lat=place.lat,
        lon=place.lon,
        answers=_answers(fields, asked),
        is_anonymous=person.is_anonymous,
        is_confidential=rules.is_yes(fields.get("confidential", "")),
        name=person.name,
        email=person.email,
        phone=person.phone,
        language=i18n.language(),
        form_token=token,
        tracking_code=tracking.code(secret, token),
        passphrase=tracking.passphrase(secret, token),
        channel=Channel.OPEN311,
    )


def _place(fields: Mapping[str, str], at: datetime) -> Place:
    """A point decides its area; else the area's code, else words that a moderator reads."""
    words = plain(fields.get("address_string"))[:PLACE_LENGTH]
    if fields.get("lat") or fields.get("long"):
        return _point(fields, words, at)
    if code := fields.get("address_id"):
        area = db.session.get(Area, code)
        if area is None or area.level is Level.CITY:
            raise Refused(400, _("address_id harus kode kelurahan atau kecamatan di kota ini."))
        return Place(area.code, words=words)
    if not words:
        raise Refused(400, _("Sebutkan tempatnya: lat dan long, address_string, atau address_id."))
    return Place(words=words)


def _point(fields: Mapping[str, str], words: str, at: datetime) -> Place:
    lat = rules.degrees(fields.get("lat", ""), most=90)
    lon = rules.degrees(fields.get("long", ""), most=180)
    if lat is None or lon is None:
        raise Refused(400, _("lat dan long harus berupa derajat (WGS 84)."))
    located = places.locate(lat, lon)
    if located.code is None:
        raise Refused(400, queries.neighbours(city_day(at)))
    return Place(located.code, lat, lon, words)


def _person(fields: Mapping[str, str]) -> Person:
    """Without `consent` the person's fields are not even looked at."""
    if not rules.is_yes(fields.get("consent", "")):
        return Person()
    names = (plain(fields.get(part)) for part in ("first_name", "last_name"))
    email = plain(fields.get("email"))
    if email and not is_email(email):
        raise Refused(400, _("email bukan alamat surel."))
    return Person(
        name=" ".join(filter(None, names))[: rules.NAME_LENGTH],
        email=email or None,
        phone=plain(fields.get("phone"))[: rules.PHONE_LENGTH],
        is_anonymous=False,
    )


def _answers(fields: Mapping[str, str], asked: Sequence[CategoryQuestion]) -> dict[str, str]:
    """The answers by the code of their question; unknown attributes are left out."""
    given = {match[1]: plain(text) for name, text in fields.items() if (match := ATTRIBUTE.fullmatch(name))}
    clean, wrong = questions.check(asked, given)
    if wrong:
        by_code = {one.code: one for one in asked}
        told = (
            f"attribute[{code}]: {labels.sentence(problem, by_code[code])}" for code, problem in wrong.items()
        )
        raise Refused(400, *told)
    return clean
