"""A report that is passed on: card, feed, point. What its page hides, they hide too."""

from datetime import timedelta
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from portal import config
from portal.accounts.models import User
from portal.assignments import services as assignments
from portal.assignments.rules import ResponseKind
from portal.db import db
from portal.reports.models import Report
from portal.reports.services import publication
from portal.reports.sharing import drawing
from portal.reports.sharing.drawing import Card
from tests.builders import MONDAY, make_report
from tests.reports.conftest import City
from tests.support.client import CheckingClient

SECRET = "Pak Budi memungut uang di loket dua"
ATOM = "{http://www.w3.org/2005/Atom}"


def make(city: City, **changes: object) -> Report:
    return make_report(
        city.lights, area_code=city.area.code, title=SECRET, lat=3.543212, lon=98.712345, **changes
    )


def test_the_card_is_a_picture_of_the_agreed_size(client: CheckingClient, city: City) -> None:
    page = client.get(f"/reports/{make(city).number}").text
    address = page.partition('og:image" content="')[2].partition('"')[0]
    answer = client.get(address.removeprefix(config.current().public_url))

    assert Image.open(BytesIO(answer.data)).size == (1200, 630)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000"


def test_a_card_of_an_old_version_is_not_kept(client: CheckingClient, city: City) -> None:
    answer = client.get(f"/reports/{make(city).number}/card.png?v=old")

    assert answer.headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.engine_free
def test_long_words_stay_on_the_card() -> None:
    card = Card("ulos", "Kota Medan", "MDN-26-000001", "Pengaduan", "Ditutup " * 12, "late", "x" * 200)

    assert Image.open(BytesIO(drawing.png(card))).size == (1200, 630)


def test_preview_has_absolute_addresses_and_the_public_title(client: CheckingClient, city: City) -> None:
    report = make(city)
    page = client.get(f"/reports/{report.number}").text

    assert f'rel="canonical" href="{config.current().public_url}/reports/{report.number}"' in page
    assert f'property="og:title" content="{SECRET}"' in page
    assert 'name="twitter:card" content="summary_large_image"' in page


@pytest.mark.parametrize("path", ["", "/feed.atom", "/place", "/card.png"])
def test_confidential_reports_tell_nothing_to_other_programs(
    client: CheckingClient, city: City, path: str
) -> None:
    report = make(city, is_confidential=True)

    answer = client.get(f"/reports/{report.number}{path}")

    assert SECRET.encode() not in answer.data
    assert b"98.7" not in answer.data
    if path == "":
        assert 'property="og:title" content="Laporan rahasia: ' in answer.text


def test_the_point_of_an_anonymous_report_names_the_street_not_the_house(
    client: CheckingClient, city: City
) -> None:
    named, hidden = make(city), make(city, is_anonymous=True)
    hidden.verified_at = MONDAY  # a moderator has read it
    publication.publish(hidden, at=MONDAY)

    assert (named.lat, named.lon) == (3.5432, 98.7123)
    assert (hidden.lat, hidden.lon) == (3.543, 98.712)
    assert "110 meter" in client.get(f"/reports/{hidden.number}").text


def test_the_feed_tells_the_course_with_absolute_addresses(client: CheckingClient, city: City) -> None:
    report = make(city)
    by = db.session.get_one(User, city.official.user_id)
    assert report.assignment is not None
    assignments.respond(
        report.assignment,
        kind=ResponseKind.ANSWER,
        body="Lampu sudah menyala, hubungi 0812-3456-7890.",
        by=by,
        at=MONDAY + timedelta(days=1),
    )

    answer = client.get(f"/reports/{report.number}/feed.atom")
    feed = ElementTree.fromstring(answer.data)  # noqa: S314  # our own feed
    entries = feed.findall(f"{ATOM}entry")

    assert answer.content_type == "application/atom+xml; charset=utf-8"
    assert all(link.get("href", "").startswith("http") for link in feed.iter(f"{ATOM}link"))
    assert "Lampu sudah menyala" in (entries[0].findtext(f"{ATOM}content") or "")
    assert "0812-3456-7890" not in answer.text
    ids = [one.findtext(f"{ATOM}id") for one in entries]
    assert len(set(ids)) == len(ids)
