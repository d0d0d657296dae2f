"""What stays hidden: confidential texts, names of the anonymous, and everything before verification."""

from collections.abc import Callable

import pytest

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.attachments import services as attachments
from portal.db import db
from portal.ledger.models import Event
from portal.organisation.models import Official
from portal.reports import queries, services
from portal.reports.models import Report
from portal.reports.services import PhotoIn
from portal.routing import services as routing
from tests.builders import MONDAY, make_official, make_report, make_user
from tests.reports.conftest import City
from tests.reports.test_filing import photo
from tests.support.client import CheckingClient

SECRET = "Rahasiaku"
NAME = "Butet Kertaredjasa"
PAGES = (
    "/reports", "/reports?q={secret}", "/reports/{number}", "/reports/{number}/deadline",
    "/reports/similar?title={secret}", "/reports/map", "/reports/map/points", "/", "/reports?q={name}",
)  # fmt: skip


def pages(client: CheckingClient, report: Report) -> str:
    """Everything that a reader can reach about a report, in one text, without the asked words."""
    answers = [client.get(page.format(number=report.number, secret=SECRET, name=NAME)) for page in PAGES]
    assert {answer.status_code for answer in answers} == {200}
    text = "\n".join(answer.text for answer in answers)
    for asked in (f'value="{SECRET}"', f'value="{NAME}"', f"={SECRET}", f"={NAME}"):
        text = text.replace(asked, "")
    return text


def dispose(report: Report, city: City) -> None:
    routed = routing.route_to(city.agency.id, report.area_code, MONDAY)
    services.verify(report, routing=routed, by=make_user(Role.MODERATOR), at=MONDAY)


@pytest.fixture
def readers(
    client: CheckingClient, login: Callable[[User], CheckingClient], city: City
) -> list[CheckingClient]:
    """A stranger, another resident, and somebody of the agency."""
    colleague = make_user(Role.OFFICIAL)
    make_official(city.agency, user_id=colleague.id)
    return [client, login(make_user()), login(colleague)]


def test_confidential_text_is_nowhere(readers: list[CheckingClient], city: City) -> None:
    report = make_report(
        city.roads, title=f"{SECRET} sekali", body=f"Isi {SECRET}", place=f"Gang {SECRET}",
        area_code=city.area.code, name=NAME, is_confidential=True,
    )  # fmt: skip
    dispose(report, city)
    services.answer_question(report, body=f"Tambahan {SECRET}", at=MONDAY)

    for reader in readers:
        shown = pages(reader, report)
        assert SECRET not in shown
        assert NAME not in shown
        assert "Laporan rahasia: Jalan rusak" in shown


def test_hidden_text_is_nowhere_until_it_is_shown_again(readers: list[CheckingClient], city: City) -> None:
    report = make_report(
        city.roads, title=f"{SECRET} sekali", body=f"Isi {SECRET}", place=f"Gang {SECRET}",
        area_code=city.area.code,
    )  # fmt: skip
    dispose(report, city)
    services.answer_question(report, body=f"Tambahan {SECRET}", at=MONDAY)
    services.hide(report, at=MONDAY)

    hidden = [pages(reader, report) for reader in readers]
    services.unhide(report, at=MONDAY)
    shown = pages(readers[0], report)

    assert [page for page in hidden if SECRET in page] == []
    assert all(words in shown for words in (f"{SECRET} sekali", f"Isi {SECRET}", f"Tambahan {SECRET}"))


def test_an_anonymous_name_is_nowhere(readers: list[CheckingClient], city: City) -> None:
    user = make_user(name=NAME)
    report = make_report(city.roads, area_code=city.area.code, is_anonymous=True, by=user)
    dispose(report, city)

    for reader in readers:
        assert NAME not in pages(reader, report)
    assert report.reporter.name == ""


def test_nothing_typed_is_public_before_verification(readers: list[CheckingClient], city: City) -> None:
    report = make_report(city.roads, title=SECRET, area_code=city.area.code, name=NAME)

    for reader in readers:
        shown = pages(reader, report)
        assert SECRET not in shown
        assert NAME not in shown
        assert report.number in shown


def test_a_named_report_shows_the_name_once_verified(client: CheckingClient, city: City) -> None:
    report = make_report(city.lights, name=NAME, area_code=city.area.code)

    assert NAME in client.get(f"/reports/{report.number}").text


@pytest.mark.parametrize("flag", ["is_anonymous", "is_confidential"])
def test_protected_reports_always_pass_a_moderator(city: City, flag: str) -> None:
    report = make_report(city.lights, area_code=city.area.code, **{flag: True})

    assert report.verified_at is None
    assert report.assignment_id is None


def test_personal_data_in_texts_is_covered(client: CheckingClient, city: City) -> None:
    report = make_report(city.lights, body="Hubungi 081234567812 atau NIK 1271060101900001.")

    shown = client.get(f"/reports/{report.number}").text
    assert "081234567812" not in shown
    assert "1271060101900001" not in shown
    assert "08•• •••• ••12" in shown


def test_the_public_record_holds_no_text_and_no_name(city: City) -> None:
    make_report(city.lights, title=SECRET, name=NAME, email="butet@contoh.id")

    record = " ".join(str(event.details) for event in db.session.scalars(db.select(Event)))
    assert SECRET not in record
    assert NAME not in record
    assert "butet" not in record


def test_triage_hides_reports_about_ones_own_unit(city: City) -> None:
    report = make_report(city.conduct, concerned_agency_id=city.agency.id)
    insider = make_user(Role.MODERATOR)
    db.session.add(
        Official(name="Orang dalam", position="Sekretaris", agency_id=city.agency.id,
                 user_id=insider.id, active_from=MONDAY.date())
    )  # fmt: skip
    db.session.flush()
    outsider = make_user(Role.MODERATOR)

    assert report not in db.session.scalars(queries.for_triage(insider)).all()
    assert report in db.session.scalars(queries.for_triage(outsider)).all()


def test_another_account_cannot_open_the_private_page(
    login: Callable[[User], CheckingClient], city: City
) -> None:
    report = make_report(city.lights, by=make_user())
    stranger = login(make_user())

    assert "/track" in stranger.get(f"/reports/{report.number}/private").location


def test_a_photo_of_a_confidential_report_has_no_public_address(client: CheckingClient, city: City) -> None:
    kept = attachments.keep_image(photo(), MONDAY)
    report = make_report(city.lights, is_confidential=True, photos=[PhotoIn(kept)])
    dispose(report, city)

    assert kept.token not in client.get(f"/reports/{report.number}").text
