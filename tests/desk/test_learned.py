"""What a moderator sees of suggestions that the city has learned."""

from typing import Any

import pytest

from portal.accounts.rules import Role
from portal.administration import services as administration
from portal.db import db
from portal.organisation.models import Agency
from tests.builders import make_agency, make_category, make_report, make_user
from tests.desk.conftest import NOW, City
from tests.routing.learning.making import LAMP, WASTE, make_model
from tests.support.client import CheckingClient


@pytest.fixture
def cleaners(city: City) -> Agency:
    """An agency that no rule knows, but whose words the version in use has learned."""
    agency = make_agency(code="DLH", name="Dinas Lingkungan Hidup")
    model = make_model((LAMP, city.official.agency.code), (WASTE, "DLH"))
    administration.choose_suggestions(model, by=make_user(Role.ADMINISTRATOR), at=NOW)
    return agency


def test_learned_words_bring_in_an_agency_and_are_named(cleaners: Agency, triage: CheckingClient) -> None:
    report = make_report(make_category(), at=NOW, title="Sampah menumpuk", body="Baunya busuk sekali.")

    page = triage.get(f"/triage/{report.number}").get_data(as_text=True)
    words = triage.get(f"/triage/{report.number}/words").get_data(as_text=True)

    assert f'value="{cleaners.id}"' in page
    assert "Dalam riwayat kota, kata ini berbicara untuknya" in page
    assert '<th scope="row">sampah</th>' in words
    assert "Dinas Lingkungan Hidup" in words


def test_following_it_takes_a_person(cleaners: Agency, triage: CheckingClient) -> None:
    report = make_report(make_category(), at=NOW, title="Sampah menumpuk", body="Baunya busuk sekali.")
    page = triage.get(f"/triage/{report.number}")
    assert report.assignment_id is None

    triage.submit(page, "/verification", agency=str(cleaners.id))

    assert report.agency_id == cleaners.id
    assert report.assignment.routing_reason["basis"] == "moderator"


def test_the_resident_s_own_category_still_comes_first(
    city: City, cleaners: Agency, triage: CheckingClient
) -> None:
    report = make_report(city.category, at=NOW, is_anonymous=True, title="Sampah menumpuk", body="Bau busuk.")

    page = triage.get(f"/triage/{report.number}").get_data(as_text=True)

    assert 0 < page.index(f'value="{city.official.agency_id}"') < page.index(f'value="{cleaners.id}"')


def test_a_learned_suggestion_costs_no_statement(
    cleaners: Agency, triage: CheckingClient, count_sql: Any
) -> None:
    number = make_report(make_category(), at=NOW, title="Sampah menumpuk", body="Bau busuk.").number
    triage.get(f"/triage/{number}")
    db.session.expunge_all()

    with count_sql() as statements:
        triage.get(f"/triage/{number}")

    assert len(statements) <= 8, "\n\n".join(statements)
