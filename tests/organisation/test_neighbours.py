"""Whoever stands beyond the city's border is told who answers there."""

from portal.db import db
from portal.organisation.models import Agency
from portal.organisation.outside import importers, queries
from portal.places.rules import Level
from tests.builders import MONDAY, make_area


def test_the_regions_around_a_city_come_with_their_channels(session: object) -> None:
    make_area(code="11.74", name="Kota Langsa", level=Level.CITY)

    importers.add_neighbours(MONDAY)

    found = queries.neighbours(MONDAY.date())
    assert [body.neighbouring_region for body in found] == ["Kabupaten Aceh Tamiang", "Kabupaten Aceh Timur"]
    assert all(body.channels[0].value == "https://www.lapor.go.id" for body in found)
    assert all(body.channels_checked_on is None for body in found)


def test_what_administrators_changed_stays(session: object) -> None:
    make_area(code="12.71", name="Kota Medan", level=Level.CITY)
    [body] = importers.add_neighbours(MONDAY)
    body.neighbouring_region = "Deli Serdang"

    assert importers.add_neighbours(MONDAY) == []
    assert db.session.get_one(Agency, body.id).neighbouring_region == "Deli Serdang"
