"""A moderator's day: verify, correct, route, ask, refuse; all without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.notifications.models import Notification
from portal.organisation.models import Agency
from portal.reports.models import Report
from portal.reports.rules import Ending, ReportState
from tests.assignments.duties import officer
from tests.builders import make_agency, make_category, make_outside_body, make_report, make_routing_rule
from tests.desk import crowd
from tests.desk.conftest import NOW, City
from tests.support.client import CheckingClient


def unverified(city: City, **changes: Any) -> Report:
    """A report of a category that no rule verifies."""
    category = make_category(**changes.pop("category", {}))
    make_routing_rule(category, city.official.agency, verifies=False)
    return make_report(category, **{"at": NOW, "name": "Ibu Rosmawati", "email": "ros@contoh.id", **changes})


def test_what_waits_is_listed_with_its_clock(city: City, triage: CheckingClient) -> None:
    report = unverified(city)

    page = triage.get("/triage").get_data(as_text=True)

    assert report.number in page
    assert "Lampu jalan mati di Jalan Garu III" in page


def test_an_empty_triage_says_so(city: City, triage: CheckingClient) -> None:
    assert "Semua laporan sudah diverifikasi" in triage.get("/triage").get_data(as_text=True)


def test_verifying_publishes_the_masked_words_and_gives_it_to_the_suggested_agency(
    city: City, triage: CheckingClient
) -> None:
    report = unverified(city, body="Hubungi saya di 081234567890, lampu padam.")
    page = triage.get(f"/triage/{report.number}")

    done = triage.submit(page, "/verification")

    assert done.status_code == 303, done.get_data(as_text=True)
    assert "nomor telepon" in page.get_data(as_text=True)
    assert "081234567890" not in report.body
    assert "081234567890" in report.content.body
    assert report.official_id == city.official.id
    assert report.assignment.routing_reason["basis"] == "rule"


def test_a_moderators_words_are_published_and_the_original_is_kept(
    city: City, triage: CheckingClient
) -> None:
    report = unverified(city)
    page = triage.get(f"/triage/{report.number}")

    triage.submit(page, "/verification", title="Lampu jalan padam", body="Lampu di depan mushala padam.")

    assert (report.title, report.body) == ("Lampu jalan padam", "Lampu di depan mushala padam.")
    assert report.content.title == "Lampu jalan mati di Jalan Garu III"


def test_any_other_agency_can_be_chosen(city: City, triage: CheckingClient) -> None:
    _user, other = officer()
    report = unverified(city)
    page = triage.get(f"/triage/{report.number}")

    triage.submit(page, "/verification", agency="other", other=str(other.agency_id))

    assert report.official_id == other.id
    assert report.assignment.routing_reason["basis"] == "moderator"


def test_without_an_agency_nothing_is_verified(city: City, triage: CheckingClient) -> None:
    report = unverified(city)
    page = triage.get(f"/triage/{report.number}")

    answer = triage.submit(page, "/verification", agency="other", title="Judul moderator")

    assert answer.status_code == 422
    assert "Pilih dinas yang menangani." in answer.get_data(as_text=True)
    assert "Judul moderator" in answer.get_data(as_text=True)
    assert report.state is ReportState.SUBMITTED


def test_a_correction_changes_the_suggestion(city: City, triage: CheckingClient) -> None:
    _user, other = officer()
    right = make_category()
    make_routing_rule(right, other.agency)
    report = unverified(city)
    page = triage.get(f"/triage/{report.number}/correction")

    triage.submit(page, "/correction", category=right.code, kind="suggestion")
    triage.submit(triage.get(f"/triage/{report.number}"), "/verification")

    assert (report.category_code, report.kind) == (right.code, "suggestion")
    assert report.official_id == other.id


def test_a_question_waits_for_the_resident(city: City, triage: CheckingClient) -> None:
    report = unverified(city)
    page = triage.get(f"/triage/{report.number}")

    triage.submit(page, "/question", question="Di jalan mana tepatnya?")

    assert report.verify_clock.paused_at is not None
    assert "Di jalan mana tepatnya?" in triage.get(f"/triage/{report.number}").get_data(as_text=True)


def test_a_refusal_tells_its_basis(city: City, triage: CheckingClient) -> None:
    report, body = unverified(city), make_outside_body()
    page = triage.get(f"/triage/{report.number}/refusal")

    done = triage.submit(page, "/refusal", **not_ours(body), explanation="Silakan hubungi PLN.")

    assert done.status_code == 303
    assert report.ending is Ending.REFUSED
    public = triage.get(f"/reports/{report.number}").get_data(as_text=True)
    assert "Dasar penolakan: Bukan wewenang pemerintah kota." in public
    assert 'href="tel:123"' in public
    assert "Silakan hubungi PLN." not in public


def test_a_refusal_before_verification_answers_the_reporter_by_letter(
    city: City, triage: CheckingClient
) -> None:
    report, body = unverified(city), make_outside_body()
    page = triage.get(f"/triage/{report.number}/refusal")

    triage.submit(page, "/refusal", **not_ours(body), explanation="Silakan hubungi PLN.")

    kind = "report_refused_unverified"
    letter = db.session.scalars(db.select(Notification).filter_by(kind=kind)).one()
    assert "Dasar penolakan: Bukan wewenang pemerintah kota." in letter.body
    assert "Telepon: 123 (24 jam)" in letter.body
    assert "Silakan hubungi PLN." in letter.body
    assert report.first_response_at == report.first_closed_at == NOW


def not_ours(body: Agency) -> dict[str, str]:
    return {"basis": "not_competent", "outside_body": str(body.id)}


@pytest.mark.parametrize("basis", ["", "unclear", "not_competent", "duplicate"])
def test_a_refusal_before_verification_needs_a_basis_that_fits(
    city: City, triage: CheckingClient, basis: str
) -> None:
    report = unverified(city)
    page = triage.get(f"/triage/{report.number}/refusal")

    answer = triage.submit(page, "/refusal", basis=basis, explanation="Silakan hubungi PLN.")

    assert answer.status_code == 422
    assert report.state is ReportState.SUBMITTED


def test_who_comes_second_is_told_that_it_was_decided(city: City, triage: CheckingClient) -> None:
    report = unverified(city)
    page = triage.get(f"/triage/{report.number}")
    triage.submit(page, "/verification")

    late = triage.submit(page, "/verification")

    assert late.location.endswith("/triage")
    assert "mungkin sudah diputuskan" in triage.get(late.location).get_data(as_text=True)


def test_supervisory_weight_goes_to_the_inspectorate_and_hides_from_its_unit(
    city: City, triage: CheckingClient, login: Callable[[User], CheckingClient]
) -> None:
    _user, inspector = officer(make_agency(kind="inspektorat", name="Inspektorat Kota"))
    concerned, _chief = officer(city.official.agency, Role.MODERATOR)
    report = unverified(
        city,
        category={"category_class": CategoryClass.SUPERVISORY},
        concerned_agency_id=city.official.agency_id,
    )
    number = report.number

    seen_by_unit = login(concerned).get("/triage").get_data(as_text=True)
    page = triage.get(f"/triage/{number}")
    triage.submit(page, "/verification")

    assert number not in seen_by_unit
    assert report.official_id == inspector.id
    assert login(concerned).get(f"/desk/{number}").status_code == 404
    assert login(city.boss).get(f"/desk/{number}").status_code == 404


def test_an_external_body_is_named_and_cannot_be_chosen(city: City, triage: CheckingClient) -> None:
    external = make_agency(name="PT PLN UP3 Medan", is_external=True)
    category = make_category()
    make_routing_rule(category, external, verifies=True)
    report = make_report(category, at=NOW, email="ros@contoh.id")
    page = triage.get(f"/triage/{report.number}")

    answer = triage.submit(page, "/verification", agency=str(external.id))

    assert "PT PLN UP3 Medan" in page.get_data(as_text=True)
    assert answer.status_code == 422
    assert report.state is ReportState.SUBMITTED


@pytest.mark.parametrize("path", ["/triage", "/triage/{number}"])
def test_the_triage_costs_the_same_for_ten_and_for_a_thousand(
    city: City, triage: CheckingClient, count_sql: Callable[[], Any], path: str
) -> None:
    report = unverified(city)
    number = report.number
    for _ in range(9):
        unverified(city)
    db.session.expunge_all()
    with count_sql() as few:
        triage.get(path.format(number=number))
    crowd.of_unverified(report, 990)
    db.session.expunge_all()
    with count_sql() as many:
        triage.get(path.format(number=number))

    assert len(many) == len(few)
    assert len(many) <= 8, "\n\n".join(many)
